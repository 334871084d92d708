using System.Globalization;
using Lethe.Core.Records;

namespace Lethe.Core.Evidence;

/// <summary>The replay that a certificate rests on: how many recorded steps were executed again, and what came out.</summary>
/// <param name="Same">How many of the executed steps gave the recorded bits.</param>
/// <param name="Executed">How many were executed.</param>
/// <param name="Available">How many can be executed again.</param>
/// <param name="Contradicts">Whether the run's files contradicted each other besides.</param>
/// <param name="At">When the replay ended.</param>
/// <param name="Seal">Seal of <c>replay.json</c>, all bytes; the ledger holds it too.</param>
public sealed record CertifiedReplay(int Same, int Executed, int Available, bool Contradicts, DateTimeOffset At, Digest Seal)
{
    /// <summary>Whether all executed steps gave the recorded bits and nothing contradicted itself.</summary>
    public bool Equal => Same == Executed && !Contradicts;

    /// <summary>Whether the counts can be true.</summary>
    internal bool IsPossible => Same >= 0 && Same <= Executed && Executed > 0 && Executed <= Available;

    /// <summary>The outcome in a line.</summary>
    internal string ToText() => string.Create(CultureInfo.InvariantCulture,
        $"{(Equal ? "EQUAL" : "NOT EQUAL")}: {Same} of {Amount.Of(Executed, "executed step", "executed steps")} gave the recorded bits{(Contradicts ? ", and the run contradicted itself" : "")}; {Available} can be executed again; {At.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
}
