using System.Globalization;
using Lethe.Core.Ledgers;

namespace Lethe.Core.Evidence;

/// <summary>Says how the certified model came to be served, from the signed statement and the ledger, and whether both tell the same.</summary>
internal static class PromotionText
{
    /// <param name="evidence">The statement.</param>
    /// <param name="chain">The certificate's ledger, which tells which verdict it was.</param>
    public static string Of(EvidenceRecord evidence, Ledger chain)
    {
        if (evidence.Promotion is not { } promotion)
            return "not stated";
        var word = promotion.Verdict?.ToString().ToUpperInvariant();
        return promotion.Basis switch
        {
            CertifiedPromotion.ByVerdict => $"by the verdict {word}{Which(VerdictBefore(evidence, chain))}: {promotion.Why}",
            CertifiedPromotion.ByGate => $"by quick checks, {(word is null ? "without a verdict" : "with the verdict " + word)}: {promotion.Why}{(promotion.By is { } person ? $" (decided by {person})" : "")}",
            CertifiedPromotion.ByPerson => $"by a person's decision: {promotion.Why} ({(promotion.By is { } person ? $"decided by {person}; " : "")}verdict at that time: {word ?? "none"})",
            _ => $"by {promotion.Basis}: {promotion.Why}",
        };
    }

    /// <summary>What the ledger tells otherwise than the statement: ground, person, verdict or time; null: nothing.</summary>
    public static string? Contradiction(EvidenceRecord evidence, Ledger chain)
    {
        LedgerEvent[] told = [.. chain.Entries.Select(entry => entry.Event).Where(happened =>
            happened.Kind is LedgerEventKind.Override or LedgerEventKind.Promoted && happened.Request == evidence.Request)];
        if (!told.SequenceEqual(CertifiedPromotion.Events(evidence.Promotion, evidence.Request, evidence.After, evidence.Promoted)))
            return $"the ledger tells another ground, person, verdict or time: {string.Join("; ", told.Select(happened => happened.Note ?? "nothing"))}";
        if (evidence.Promotion is not { } promotion)
            return null;
        var (stated, before) = (promotion.Verdict?.ToString().ToUpperInvariant(), VerdictBefore(evidence, chain)?.Note?.ToUpperInvariant());
        return !promotion.IsPossible ? "there is no such ground"
            : stated != before ? $"the ledger's last verdict before it is {before ?? "none"}"
            : null;
    }

    /// <summary>The last entry of a kind about the certified request and model; null: none.</summary>
    public static LedgerEntry? LastOf(Ledger chain, EvidenceRecord evidence, LedgerEventKind kind) =>
        chain.Entries.LastOrDefault(entry => entry.Event.Kind == kind && entry.Event.Request == evidence.Request && entry.Event.Model == evidence.After);

    private static LedgerEvent? VerdictBefore(EvidenceRecord evidence, Ledger chain) =>
        LastOf(chain, evidence, LedgerEventKind.Promoted) is not { } served ? null : chain.Entries.Take(served.Number).Select(entry => entry.Event).LastOrDefault(happened =>
            happened.Kind == LedgerEventKind.Verdict && happened.Request == evidence.Request && happened.Model == evidence.After);

    private static string Which(LedgerEvent? verdict) => verdict is null
        ? " (the ledger tells of none before)"
        : string.Create(CultureInfo.InvariantCulture, $" of {verdict.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC (SHA-256 {verdict.Document?.Short}…)");
}
