using System.Globalization;
using System.Text;

using Lethe.Bench.Results;
using Lethe.Core.Numerics;

namespace Lethe.Bench.Unsir;

/// <summary>The noise objective of each method beside what the notebook logs.</summary>
internal static class UnsirFingerprint
{
    /// <summary>Means of eight steps each, for class 0.</summary>
    private static readonly double[] Logged = [191.5, 40.9, 0.4, -7.6, -11.2];

    public static void Append(StringBuilder page, ResultsFile file)
    {
        string[] entries = [.. file.Rows.Select(static row => row.Metric).Where(static metric => metric.StartsWith(UnsirRows.Fingerprint, StringComparison.Ordinal)).Distinct()];
        if (entries.Length == 0) return;
        page.Append("\n## Loss fingerprint of the noise\n\nMeans over classes and seeds; in brackets, how far they lie from what the notebook logs for class 0.\n\n| | ")
            .AppendJoin(" | ", entries.Select(static entry => "steps " + entry[UnsirRows.Fingerprint.Length..])).Append(" |\n|---|")
            .Insert(page.Length, "---|", entries.Length).Append("\n| the notebook's log | ")
            .AppendJoin(" | ", entries.Select(static (_, i) => i < Logged.Length ? Logged[i].ToString("0.0", CultureInfo.InvariantCulture) : "–")).Append(" |\n");
        foreach (var group in file.Rows.Where(row => entries.Contains(row.Metric)).GroupBy(static row => (row.Model, row.Method)))
        {
            page.Append(CultureInfo.InvariantCulture, $"| {group.Key.Model}, {group.Key.Method} | ")
                .AppendJoin(" | ", entries.Select((entry, i) => Cell([.. group.Where(row => row.Metric == entry).Select(static row => row.Value)], i))).Append(" |\n");
        }
    }

    private static string Cell(double[] values, int entry)
    {
        var distance = entry < Logged.Length && values.Length > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({Statistics.Mean(values) - Logged[entry]:+0.0;-0.0})") : "";
        return MeanText.Of(values, "0.0") + distance;
    }
}
