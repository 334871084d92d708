using System.Globalization;
using Lethe.Core.Ledgers;
using Lethe.Core.Records;
using Lethe.Core.Verdicts;

namespace Lethe.Core.Evidence;

/// <summary>Checks the ledger of a certificate by itself, and what it tells of the certified request.</summary>
internal sealed class ChainVerifier(CheckList list, Certificate? certificate)
{
    /// <summary>Reads and checks the ledger.</summary>
    /// <param name="lines">The bytes of the certificate's copy.</param>
    /// <param name="document">SHA-256 of the certificate's file.</param>
    /// <returns>The ledger; null where it does not belong to the certificate.</returns>
    public Ledger? Verify(byte[] lines, Digest document)
    {
        var chain = Ledger.Parse(lines, certificate?.Evidence.Run, CertificateBundle.ChainFile);
        list.Pass("ledger", $"{Amount.Of(chain.Entries.Count, "entry", "entries")}, each continues the one before it{(certificate is null ? "" : "; it is this run's")}");
        if (certificate is null)
            return null;
        var last = chain.Entries.Count > 0 ? chain.Entries[^1].Event : null;
        var anchored = chain.Entries.Count == certificate.LedgerCount + 1 && chain.HeadOf(certificate.LedgerCount) == certificate.LedgerHead
            && last is { Kind: LedgerEventKind.Certified } && last.Key == certificate.Key && last.Model == certificate.Evidence.After
            && last.Request == certificate.Evidence.Request && last.Document == document;
        if (!list.Require("ledger and certificate", anchored, "the certificate names the ledger's state, and the ledger's last entry names the certificate", "do not belong together"))
            return null;
        Told(chain, certificate.Evidence);
        return chain;
    }

    /// <summary>Other verdicts on the same model that the ledger holds and that came out differently: whoever asks often enough gets the word he wants.</summary>
    public static string OtherVerdicts(Ledger chain, EvidenceRecord evidence, VerdictKind? kind)
    {
        string[] others =
        [
            .. chain.Entries.Select(entry => entry.Event)
                .Where(happened => happened.Kind == LedgerEventKind.Verdict && happened.Request == evidence.Request && happened.Model == evidence.After
                    && !string.Equals(happened.Note, kind?.ToString(), StringComparison.OrdinalIgnoreCase))
                .Select(happened => $"{happened.Note?.ToUpperInvariant()} on {happened.At.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}Z"),
        ];
        return others.Length == 0 ? "" : $"; NOTE: the ledger holds other verdicts on this model: also {string.Join(", ", others)}";
    }

    private void Told(Ledger chain, EvidenceRecord evidence)
    {
        var promotion = PromotionText.LastOf(chain, evidence, LedgerEventKind.Promoted);
        var accepted = chain.Entries.FirstOrDefault(entry =>
            entry.Event is { Kind: LedgerEventKind.Accepted } happened && happened.Request == evidence.Request && happened.Document == evidence.RequestSeal);
        list.Require("request", accepted is not null && promotion is not null && accepted.Number < promotion.Number,
            "the ledger records, before it was served, the same request", "the ledger does not record this request, as it was served, before the entry that says so");
        list.Require("promotion", promotion is not null && ServedBefore(chain, promotion.Number) == evidence.Before,
            "the ledger records that the model took the old one's place", "the ledger does not record that this model took the place of the one that the certificate names");
        if (promotion is not null)
            Served(chain, evidence);
        Replayed(new RecordedReplays(chain.Entries, evidence.After), evidence.Replay);
    }

    private void Served(Ledger chain, EvidenceRecord evidence)
    {
        var (text, contradiction) = (PromotionText.Of(evidence, chain), PromotionText.Contradiction(evidence, chain));
        list.Require("served", contradiction is null, text, $"the certificate says: {text}; but {contradiction}");
    }

    private void Replayed(RecordedReplays recorded, CertifiedReplay? replay)
    {
        if (recorded.LastIsUnequal && replay is null or { Equal: true })
            list.Fail("replay", $"the certificate states {replay?.ToText() ?? "none"}, and the last replay that the ledger records is {RecordedReplays.Text(recorded.Last!)}");
        else if (replay is null)
            list.Skip("replay", (recorded.Last is null ? "none: no step had been executed again when the certificate was issued" : "none is stated, although the ledger records that steps were executed again") + recorded.Unequal());
        else
            list.Require("replay", replay.IsPossible && recorded.Hold(replay), $"{replay.ToText()}; sealed as {replay.Seal}, as the ledger records{recorded.Unequal(replay)}",
                $"the ledger does not record the replay that the certificate names ({replay.ToText()}), or records other counts or another time");
    }

    /// <summary>The model that was served when an entry was written; null where the ledger does not tell.</summary>
    private static Digest? ServedBefore(Ledger chain, int number) => chain.Entries.Take(number)
        .LastOrDefault(entry => entry.Event.Kind is LedgerEventKind.Promoted or LedgerEventKind.Trained or LedgerEventKind.Imported)?.Event.Model;
}
