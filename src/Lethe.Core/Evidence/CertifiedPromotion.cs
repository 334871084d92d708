using Lethe.Core.Ledgers;
using Lethe.Core.Records;
using Lethe.Core.Verdicts;

namespace Lethe.Core.Evidence;

/// <summary>
/// What allowed the certified model to be served, as the run's history and its ledger hold it. Why and by whom stand in all three in clear: the
/// reason of <c>lethe promote --override</c>, and the name given with <c>--by</c> or, without it and with <c>lethe forget --serve</c>, that of the machine's user.
/// </summary>
/// <param name="Basis">What decided: <c>verdict</c>, <c>gate</c> (quick checks without a verdict) or <c>override</c> (a person).</param>
/// <param name="Why">In words; a person's own words for an override.</param>
/// <param name="By">Who decided, where a person did: by an override, or by having it served at once.</param>
/// <param name="Verdict">What a verdict on the model said at that time; null: there was none.</param>
public sealed record CertifiedPromotion(string Basis, string Why, string? By, VerdictKind? Verdict)
{
    internal const string ByVerdict = "verdict", ByGate = "gate", ByPerson = "override";

    /// <summary>Whether the basis is a known one, and a verdict is named where one decided.</summary>
    internal bool IsPossible => Basis is ByGate or ByPerson || (Basis == ByVerdict && Verdict is not null);

    /// <summary>The ledger's events that tell of a promotion: all that is stated stands in a note, so that a certificate can be compared with it.</summary>
    /// <param name="promotion">What allowed it; null: the run does not tell.</param>
    /// <param name="request">The promoted request.</param>
    /// <param name="model">Its model.</param>
    /// <param name="at">When it began to be served.</param>
    public static IReadOnlyList<LedgerEvent> Events(CertifiedPromotion? promotion, string request, Digest model, DateTimeOffset at)
    {
        var promoted = new LedgerEvent(LedgerEventKind.Promoted, at) { Request = request, Model = model, Note = promotion?.ToNote() };
        return promotion?.Basis == ByPerson
            ? [promoted with { Kind = LedgerEventKind.Override }, promoted with { Note = "a person decided" }]
            : [promoted];
    }

    /// <summary>Everything in a line, so that no two promotions have the same: quotation marks in the name are doubled, and the reason comes last.</summary>
    private string ToNote() =>
        $"{Basis}, verdict {Verdict?.ToString().ToUpperInvariant() ?? "none"}, person {(By is null ? "none" : $"\"{By.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")}: {Why}";
}
