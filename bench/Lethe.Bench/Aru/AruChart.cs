using System.Globalization;

using Lethe.Bench.Results;
using Lethe.Core.Numerics;
using Lethe.Verification;

namespace Lethe.Bench.Aru;

/// <summary>NoMUS of every line of a table over the range in which gold lies.</summary>
internal static class AruChart
{
    public static StripChart Of(AruTable table)
    {
        double[] golds = [.. table.Of(AruRows.Gold, AruRows.NoMusScore), .. table.Of(AruRows.GoldOtherSeed, AruRows.NoMusScore)];
        var gold = GoldSpread.Of(golds);
        Strip[] strips = [.. table.Methods.Select(method => Line(method, table.Of(method, AruRows.NoMusScore)))];
        double[] values = [.. strips.SelectMany(static strip => strip.Marks).Select(static mark => mark.Value).Where(double.IsFinite)];
        return new StripChart(
            "NoMUS, every seed and the mean; ARU and its controls in red",
            ChartAxis.Around(values, static value => value.ToString("0.00", CultureInfo.InvariantCulture)),
            strips,
            gold is null ? null : new StripBand(gold, StripChart.Golden));
    }

    private static Strip Line(string method, double[] values)
    {
        var color = method.StartsWith(AruCandidate.Aru, StringComparison.Ordinal) ? StripChart.Red
            : method is AruRows.Original or AruRows.Gold or AruRows.GoldOtherSeed ? StripChart.Ink : StripChart.Blue;
        return new Strip(method, [.. values.Select(value => new StripMark(value, color, MarkShape.Dot)), new StripMark(Statistics.Mean(values), color)]);
    }
}
