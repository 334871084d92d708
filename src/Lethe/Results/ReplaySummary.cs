using Lethe.Core.Steps;

namespace Lethe;

/// <summary>Steps of a run that were executed again.</summary>
/// <param name="Run">The run directory.</param>
/// <param name="Report">The file that holds <paramref name="Replay"/>, with <see cref="EarlierUnequal"/> steps more, or the stronger one before it, as canonical JSON.</param>
/// <param name="Replay">What came out.</param>
public sealed record ReplaySummary(string Run, string Report, ReplayReport Replay)
{
    /// <summary>The replay that the file still holds, because it says more of the same steps; null: this one was stored.</summary>
    public KeptReplay? Kept { get; init; }

    /// <summary>How many steps that differed in an earlier replay, and that this unequal one did not execute again, the file holds besides.</summary>
    public int EarlierUnequal { get; init; }
}

/// <summary>A stored replay that a weaker one did not replace.</summary>
/// <param name="Steps">How many steps it executed.</param>
/// <param name="Equal">Whether all gave the same bits.</param>
/// <param name="At">When it ended.</param>
public sealed record KeptReplay(int Steps, bool Equal, DateTimeOffset At);
