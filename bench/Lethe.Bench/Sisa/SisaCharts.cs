using System.Globalization;

using Lethe.Bench.Results;
using Lethe.Core.Numerics;

namespace Lethe.Bench.Sisa;

/// <summary>The two charts of a data set.</summary>
internal static class SisaCharts
{
    /// <summary>What forgetting saves, by the number of scattered records; null before anything was forgotten.</summary>
    public static StripChart? SpeedUps(SisaFigures figures)
    {
        Strip[] strips =
        [
            .. from count in SisaSettings.Counts
               from method in figures.Forgetting
               select Line($"{count} {(count == 1 ? "record" : "records")}: {method}", figures.Of(SisaRows.Forgetting(count), method, SisaRows.SampleSpeedUp), Color(method)),
        ];
        double[] values = Values(strips);
        return values.Length == 0 ? null : new StripChart(
            "speed-up over training in samples, every draw and the mean; 1×: nothing saved", ChartAxis.Ratios(values, Times), strips);
    }

    /// <summary>What sharding costs in accuracy and prediction time; null before anything was trained.</summary>
    public static StripChart? Accuracies(SisaFigures figures)
    {
        Strip[] strips =
        [
            .. from method in figures.Methods
               let accuracies = figures.Of(SisaRows.Training, method, SisaRows.TestAccuracy)
               where accuracies.Length > 0
               select Line(Label(figures, method), accuracies, Color(method)),
        ];
        double[] values = Values(strips);
        return values.Length == 0 ? null : new StripChart("test accuracy, every seed and the mean; in brackets: time of a prediction over one model's", ChartAxis.Around(values, ChartAxis.Percent), strips);
    }

    private static string Label(SisaFigures figures, string method) =>
        Statistics.Mean(figures.PredictionRatios(method)) is var ratio && double.IsFinite(ratio) ? $"{method} ({Times(ratio)})" : method;

    private static Strip Line(string label, double[] values, string color) =>
        new(label, [.. values.Select(value => new StripMark(value, color, MarkShape.Dot)), new StripMark(Statistics.Mean(values), color)]);

    private static double[] Values(IEnumerable<Strip> strips) => [.. strips.SelectMany(static strip => strip.Marks).Select(static mark => mark.Value).Where(double.IsFinite)];

    private static string Color(string method) => method == SisaRows.DeepObliviate ? StripChart.Red : StripChart.Blue;

    private static string Times(double ratio) => string.Create(CultureInfo.InvariantCulture, $"{ratio:0.#}×");
}
