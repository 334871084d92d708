using System.Globalization;
using Lethe.Core.Verdicts;

namespace Lethe.Reports;

/// <summary>Numbers in words that a reader takes in at a glance.</summary>
public static class Wording
{
    private const double LeastSaving = 1.05;

    /// <summary>The outcome of a request: "Forgot 120 records of 1 person in 0.1 s instead of 11 s: 100× fewer samples than retraining".</summary>
    /// <param name="records">Forgotten records.</param>
    /// <param name="subjects">People they belonged to, if known.</param>
    /// <param name="cost">What forgetting cost.</param>
    /// <param name="retraining">What retraining from scratch costs; null where that is unknown.</param>
    public static string Headline(int records, int? subjects, CostBar cost, CostBar? retraining)
    {
        string people = subjects is { } n ? $" of {Count(n, "person", "people")}" : "";
        string spentOnly = cost.Seconds is { } seconds ? $" in {Seconds(seconds)}" : "";
        if (retraining is null)
            return $"Forgot {Count(records, "record", "records")}{people}{spentOnly}";
        string time = cost.Seconds is { } spent && retraining.Seconds is { } whole && whole > spent ? $" in {Seconds(spent)} instead of {Seconds(whole)}" : spentOnly;
        double ratio = cost.Samples == 0 ? double.PositiveInfinity : (double)retraining.Samples / cost.Samples;
        string head = $"Forgot {Count(records, "record", "records")}{people}";
        return ratio switch
        {
            double.PositiveInfinity => $"{head}{time}, without any training",
            >= LeastSaving => $"{head}{time}: {Times(ratio)} fewer samples than retraining",
            <= 1 / LeastSaving => $"{head}{spentOnly}: {Times(1 / ratio)} more samples than retraining",
            _ => $"{head}{spentOnly}: as much work as retraining",
        };
    }

    /// <summary>A duration with about two significant digits: "45 ms", "3.2 s", "4 min 10 s", "2 h 5 min".</summary>
    /// <param name="seconds">The duration; not negative.</param>
    public static string Seconds(double seconds)
    {
        if (!double.IsFinite(seconds))
            return "unknown";
        if (seconds < 0.0995)
            return string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:0.#} ms");
        if (seconds < 9.95)
            return string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s");
        long whole = (long)Math.Round(seconds);
        return whole switch
        {
            < 120 => $"{whole} s",
            < 7200 => whole % 60 == 0 ? $"{whole / 60} min" : $"{whole / 60} min {whole % 60} s",
            _ => $"{whole / 3600} h {whole % 3600 / 60} min",
        };
    }

    /// <summary>A ratio: "3.4×", "66.7×", "1,250×".</summary>
    /// <param name="ratio">The ratio.</param>
    public static string Times(double ratio) => ratio switch
    {
        double.PositiveInfinity => "∞×",
        >= 100 => string.Create(CultureInfo.InvariantCulture, $"{ratio:#,0}×"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{ratio:0.0}×"),
    };

    /// <summary>"1 record", "1,200 records".</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">The singular.</param>
    /// <param name="many">The plural.</param>
    public static string Count(long count, string one, string many) =>
        count == 1 ? $"1 {one}" : string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {many}");

    /// <summary>A whole number with separators: "1,200".</summary>
    /// <param name="count">The number.</param>
    public static string Whole(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A size in bytes, in binary units: "241 KiB".</summary>
    /// <param name="bytes">The size.</param>
    public static string Bytes(long bytes)
    {
        ReadOnlySpan<string> units = ["B", "KiB", "MiB", "GiB", "TiB"];
        double value = bytes;
        int unit = 0;
        for (; value >= 1024 && unit < units.Length - 1; unit++)
            value /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {units[unit]}");
    }

    /// <summary>A share in percent with one or two decimals: "98.7 %", "0.35 %".</summary>
    /// <param name="share">The share, 0…1.</param>
    public static string Percent(double share)
    {
        if (!double.IsFinite(share))
            return "–";
        double percent = share * 100;
        string digits = Math.Abs(percent) is > 0 and < 1 ? "0.00" : "0.0";
        return percent.ToString(digits, CultureInfo.InvariantCulture) + " %";
    }

    /// <summary>A number with four significant digits.</summary>
    /// <param name="value">The number.</param>
    public static string Number(double value)
    {
        if (!double.IsFinite(value))
            return "–";
        double size = Math.Abs(value);
        if (size is >= 1e15 or > 0 and < 1e-4)
            return value.ToString("0.###e+0", CultureInfo.InvariantCulture);
        string format = size switch { >= 1000 => "#,0", >= 100 => "0.0", >= 1 => "0.00#", _ => "0.0###" };
        return value.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>A count as a whole number, anything else with four significant digits.</summary>
    /// <param name="value">The number.</param>
    public static string Plain(double value) => double.IsInteger(value) && Math.Abs(value) < 1e15 ? Whole((long)value) : Number(value);

    /// <summary>A figure in its own format.</summary>
    /// <param name="value">The value, or null for a dash.</param>
    /// <param name="format">The format.</param>
    public static string Figure(double? value, FigureFormat format) => value switch
    {
        null => "–",
        { } v => format == FigureFormat.Percent ? Percent(v) : Number(v),
    };

    /// <summary>A figure with its interval, if it has one: "12.5 % (8.1 % … 16.9 %)".</summary>
    /// <param name="value">The value, or null for a dash.</param>
    /// <param name="range">The interval; null: none.</param>
    /// <param name="format">The format.</param>
    public static string Figure(double? value, FigureRange? range, FigureFormat format) =>
        range is null || value is null ? Figure(value, format) : $"{Figure(value, format)} ({Figure(range.Low, format)} … {Figure(range.High, format)})";

    /// <summary>What gold models have of a test, within what the figure can be: "1.2 % … 4.5 %", "up to 0.31".</summary>
    /// <param name="test">The test; its range is not changed.</param>
    /// <param name="format">The format.</param>
    public static string Range(VerdictTest test, FigureFormat format)
    {
        ArgumentNullException.ThrowIfNull(test);
        var (least, most) = VerdictMeasures.LimitsOf(test.Name);
        return (test.NullLow, test.NullHigh) switch
        {
            (var low, var high) when double.IsNaN(low) || double.IsNaN(high) => "–",
            (double.NegativeInfinity, var high) => "up to " + Figure(Math.Clamp(high, least, most), format),
            (var low, double.PositiveInfinity) => "from " + Figure(Math.Clamp(low, least, most), format),
            var (low, high) => $"{Figure(Math.Clamp(low, least, most), format)} … {Figure(Math.Clamp(high, least, most), format)}",
        };
    }

    /// <summary>Mean and spread in their own format: "98.7 % ± 0.1 %".</summary>
    /// <param name="spread">The values, or null for a dash.</param>
    /// <param name="format">The format.</param>
    public static string Figure(Spread? spread, FigureFormat format) => spread switch
    {
        null => "–",
        { StandardDeviation: { } sd } when format == FigureFormat.Percent =>
            string.Create(CultureInfo.InvariantCulture, $"{spread.Mean * 100:0.0} ± {sd * 100:0.0#} %"),
        { StandardDeviation: { } sd } => $"{Number(spread.Mean)} ± {Number(sd)}",
        _ => Figure(spread.Mean, format),
    };
}
