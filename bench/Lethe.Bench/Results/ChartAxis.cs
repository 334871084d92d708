using System.Globalization;

namespace Lethe.Bench.Results;

/// <summary>The axis of a chart.</summary>
/// <param name="Ticks">Marked values, ascending; the first and the last are the ends.</param>
/// <param name="Format">How they are shown.</param>
/// <param name="IsLogarithmic">Whether equal distances are equal ratios.</param>
internal sealed record ChartAxis(IReadOnlyList<double> Ticks, Func<double, string> Format, bool IsLogarithmic = false)
{
    private const int MostTicks = 10;
    private static readonly double[] Steps = [0.01, 0.02, 0.05, 0.1, 0.2];

    /// <summary>From 0 to 1, in percent.</summary>
    public static ChartAxis Shares { get; } = new([0, 0.2, 0.4, 0.6, 0.8, 1], Percent);

    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %");

    /// <summary>Just wide enough for values of 0 to about 1.</summary>
    public static ChartAxis Around(IReadOnlyCollection<double> values, Func<double, string> format)
    {
        var (least, most) = (values.Min(), values.Max());
        double step = Steps.FirstOrDefault(candidate => Math.Ceiling(most / candidate) - Math.Floor(least / candidate) <= MostTicks, Steps[^1]);
        int first = (int)Math.Floor(least / step), last = Math.Max((int)Math.Ceiling(most / step), first + 1);
        return new([.. Enumerable.Range(first, last - first + 1).Select(i => Math.Round(i * step, 2))], format);
    }

    /// <summary>Just wide enough for positive values, with ratios as distances: 1, 2, 5, 10 …</summary>
    public static ChartAxis Ratios(IReadOnlyCollection<double> values, Func<double, string> format)
    {
        var (least, most) = (values.Min(), values.Max());
        double[] all = [.. Enumerable.Range(-3, 10).SelectMany(static power => new[] { 1.0, 2, 5 }.Select(digit => digit * Math.Pow(10, power)))];
        int first = Math.Max(0, Array.FindLastIndex(all, tick => tick <= least)), last = Array.FindIndex(all, tick => tick >= most);
        return new(all[first..(Math.Max(last < 0 ? all.Length - 1 : last, first + 1) + 1)], format, IsLogarithmic: true);
    }

    /// <summary>Where a value lies: 0 at the first tick, 1 at the last.</summary>
    public double Position(double value) => IsLogarithmic
        ? Math.Log(value / Ticks[0]) / Math.Log(Ticks[^1] / Ticks[0])
        : (value - Ticks[0]) / (Ticks[^1] - Ticks[0]);
}
