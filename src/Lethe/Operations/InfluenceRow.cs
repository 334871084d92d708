using Lethe.Reports;
using Lethe.Verification;

namespace Lethe.Operations;

/// <summary>How much of what training on the forgotten records did to their own loss was taken back, as a row of a table.</summary>
internal static class InfluenceRow
{
    /// <summary>The row; null where the original's answers are gone, or there are fewer than two gold models.</summary>
    public static Comparison? Of(MeasuredModel? original, MeasuredModel unlearned, IReadOnlyList<MeasuredModel> golds)
    {
        float[][] losses = [.. golds.Select(gold => gold.View?.Forgotten.Losses).OfType<float[]>()];
        if (original?.View?.Forgotten.Losses is not { Length: > 0 } before || unlearned.View?.Forgotten.Losses is not { } after || losses.Length < 2)
            return null;
        var influence = RecordInfluence.Of(before, after, losses);
        double start = before.Average(loss => (double)loss);
        var spread = GoldSpread.Of([.. losses.Select(gold => (gold.Average(loss => (double)loss) - start) / influence.MeanInfluence)])!;
        return new Comparison(
            "influence on their own loss that was removed",
            "Mean change of the forgotten records' loss over what training on them had saved (gold's loss − the original's): 0 nothing, 1 as gold, above 1 over-forgotten.",
            "equals gold within its spread",
            FigureFormat.Number)
        {
            Original = influence.Power.HasPower ? 0 : null,
            Unlearned = influence.Power.HasPower ? influence.Removed : null,
            Gold = influence.Power.HasPower ? new Spread(spread.Mean, spread.StandardDeviation, spread.Count) : null,
            HasPower = influence.Power.HasPower,
        };
    }
}
