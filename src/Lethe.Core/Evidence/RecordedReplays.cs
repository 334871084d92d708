using System.Globalization;
using Lethe.Core.Ledgers;
using Lethe.Core.Records;

namespace Lethe.Core.Evidence;

/// <summary>What ledger entries tell of the replays of one model.</summary>
internal sealed class RecordedReplays(IEnumerable<LedgerEntry> entries, Digest model)
{
    private readonly LedgerEvent[] _all = [.. entries.Select(entry => entry.Event).Where(happened => happened.Kind == LedgerEventKind.Replayed && happened.Model == model)];

    /// <summary>The last one; null: none.</summary>
    public LedgerEvent? Last => _all.LastOrDefault();

    public bool LastIsUnequal => Last is { } last && IsUnequal(last);

    /// <summary>Whether a replay is recorded with this seal, outcome and time.</summary>
    public bool Hold(CertifiedReplay replay) => _all.Any(happened => Is(happened, replay));

    /// <summary>A note on those that were not equal, besides the stated one; empty without any.</summary>
    public string Unequal(CertifiedReplay? stated = null)
    {
        string[] found = [.. _all.Where(happened => IsUnequal(happened) && (stated is null || !Is(happened, stated))).Select(Text)];
        return found.Length == 0 ? "" : $"; NOTE: the ledger holds other replays of this model that were not equal: {string.Join("; ", found)}";
    }

    public static string Text(LedgerEvent happened) => $"{happened.Note ?? "no outcome"}, on {happened.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC";

    private static bool Is(LedgerEvent happened, CertifiedReplay replay) =>
        happened.Document == replay.Seal && happened.Note == replay.ToNote() && happened.At == replay.At;

    /// <summary>Whatever does not say that it was equal counts as unequal.</summary>
    private static bool IsUnequal(LedgerEvent happened) => happened.Note?.StartsWith("equal", StringComparison.OrdinalIgnoreCase) != true;
}
