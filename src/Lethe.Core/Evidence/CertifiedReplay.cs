using System.Globalization;
using Lethe.Core.Records;
using Lethe.Core.Steps;

namespace Lethe.Core.Evidence;

/// <summary>The replay that a certificate rests on: how many recorded steps were executed again, and what came out.</summary>
/// <param name="Same">How many of the executed steps gave the recorded bits.</param>
/// <param name="Executed">How many were executed.</param>
/// <param name="Available">How many can be executed again.</param>
/// <param name="Contradicts">Whether the run's files contradicted each other besides.</param>
/// <param name="At">When the replay ended.</param>
/// <param name="Seal">Seal of <c>replay.json</c>, all bytes; the ledger holds it too, with <see cref="ToNote"/> and the time.</param>
public sealed record CertifiedReplay(int Same, int Executed, int Available, bool Contradicts, DateTimeOffset At, Digest Seal)
{
    /// <summary>Whether all executed steps gave the recorded bits and nothing contradicted itself.</summary>
    public bool Equal => Same == Executed && !Contradicts;

    /// <summary>What is certified of a replay.</summary>
    /// <param name="report">The content of <c>replay.json</c>.</param>
    /// <param name="seal">Its seal.</param>
    public static CertifiedReplay Of(ReplayReport report, Digest seal)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new(report.Steps.Count(step => step.Equal), report.Steps.Count, report.Available, report.Problems.Count > 0, report.At, seal);
    }

    /// <summary>The outcome in words with all counts: the note of the ledger's entry.</summary>
    public string ToNote() =>
        $"{(Equal ? "EQUAL" : "NOT EQUAL")}: {Same.ToString(CultureInfo.InvariantCulture)} of {Amount.Of(Executed, "executed step", "executed steps")} gave the recorded bits{(Contradicts ? ", and the run contradicted itself" : "")}; {Available.ToString(CultureInfo.InvariantCulture)} can be executed again";

    /// <summary>Whether the counts can be true.</summary>
    internal bool IsPossible => Same >= 0 && Same <= Executed && Executed > 0 && Executed <= Available;

    /// <summary>The outcome and its time in a line.</summary>
    internal string ToText() => string.Create(CultureInfo.InvariantCulture, $"{ToNote()}; {At.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
}
