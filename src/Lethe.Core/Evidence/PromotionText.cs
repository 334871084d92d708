using System.Globalization;
using Lethe.Core.Ledgers;

namespace Lethe.Core.Evidence;

/// <summary>Says how the certified model came to be served, from the signed statement and the ledger.</summary>
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

    /// <summary>Whether the ledger gives the same ground as the statement.</summary>
    public static bool Agrees(EvidenceRecord evidence, Ledger chain)
    {
        var (served, decision) = (LastOf(chain, evidence, LedgerEventKind.Promoted), LastOf(chain, evidence, LedgerEventKind.Override));
        return served is not null && (evidence.Promotion is not { } promotion
            || (promotion.Basis == CertifiedPromotion.ByPerson ? decision?.Event.Note == promotion.Why : decision is null && served.Event.Note == promotion.Why));
    }

    /// <summary>The last entry of a kind about the certified request and model; null: none.</summary>
    public static LedgerEntry? LastOf(Ledger chain, EvidenceRecord evidence, LedgerEventKind kind) =>
        chain.Entries.LastOrDefault(entry => entry.Event.Kind == kind && entry.Event.Request == evidence.Request && entry.Event.Model == evidence.After);

    private static LedgerEvent? VerdictBefore(EvidenceRecord evidence, Ledger chain) =>
        LastOf(chain, evidence, LedgerEventKind.Promoted) is not { } served ? null : chain.Entries.Take(served.Number).Select(entry => entry.Event).LastOrDefault(happened =>
            happened.Kind == LedgerEventKind.Verdict && happened.Request == evidence.Request && happened.Model == evidence.After
            && string.Equals(happened.Note, evidence.Promotion!.Verdict?.ToString(), StringComparison.OrdinalIgnoreCase));

    private static string Which(LedgerEvent? verdict) => verdict is null
        ? " (the ledger tells of none before)"
        : string.Create(CultureInfo.InvariantCulture, $" of {verdict.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC (SHA-256 {verdict.Document?.Short}…)");
}
