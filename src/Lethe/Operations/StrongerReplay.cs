using Lethe.Core.Steps;

namespace Lethe.Operations;

/// <summary>Decides what a replay's file holds after a new one, so that no bad news is lost.</summary>
internal static class StrongerReplay
{
    /// <summary>The stored replay of the same state; null: there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="fresh">The new replay.</param>
    public static ReplayReport? Stored(string path, ReplayReport fresh) =>
        ReplayFile.Read(path) is { } stored && IsSameState(stored, fresh) ? stored : null;

    /// <summary>
    /// Whether the stored replay stays as it is. Bad news always replaces it; good news replaces bad news about the steps that it executed again; else
    /// the one with more steps counts.
    /// </summary>
    public static bool Stays(ReplayReport stored, ReplayReport fresh)
    {
        if (!fresh.Equal)
            return false;
        if (stored.Equal)
            return fresh.Steps.Count < stored.Steps.Count;
        return UnequalBeside(stored, fresh).Any();
    }

    /// <summary>The new replay, if it is unequal together with the stored unequal steps that it did not execute again.</summary>
    public static ReplayReport Merged(ReplayReport? stored, ReplayReport fresh)
    {
        ReplayedStep[] left = stored is null || fresh.Equal || stored.Profile != fresh.Profile ? [] : [.. UnequalBeside(stored, fresh)];
        return left.Length == 0 ? fresh : fresh with { Steps = [.. fresh.Steps.Concat(left).OrderBy(step => step.Block)], Share = null, Key = null };
    }

    private static IEnumerable<ReplayedStep> UnequalBeside(ReplayReport stored, ReplayReport fresh) =>
        stored.Steps.Where(step => !step.Equal && !fresh.Steps.Any(again => again.Block == step.Block));

    private static bool IsSameState(ReplayReport stored, ReplayReport fresh) =>
        stored.Request == fresh.Request && stored.Served == fresh.Served && stored.Data == fresh.Data && stored.Partition == fresh.Partition
        && stored.Recipe == fresh.Recipe && stored.Deleted == fresh.Deleted && stored.Recorded.SequenceEqual(fresh.Recorded);
}
