namespace Lethe.Core.Numerics;

/// <summary>Summaries of a sample. All return NaN for a sample that is too small.</summary>
public static class Statistics
{
    /// <summary>The arithmetic mean.</summary>
    public static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        return sum / values.Length;
    }

    /// <summary>The sample variance with n−1 in the denominator; NaN below two values.</summary>
    public static double Variance(ReadOnlySpan<double> values)
    {
        if (values.Length < 2)
            return double.NaN;
        var (mean, sum) = (Mean(values), 0.0);
        foreach (var value in values)
            sum += (value - mean) * (value - mean);
        return sum / (values.Length - 1);
    }

    /// <summary>The sample standard deviation with n−1 in the denominator; NaN below two values.</summary>
    public static double StandardDeviation(ReadOnlySpan<double> values) => Math.Sqrt(Variance(values));

    /// <summary>The standard error of the mean; NaN below two values.</summary>
    public static double StandardError(ReadOnlySpan<double> values) => StandardDeviation(values) / Math.Sqrt(values.Length);

    /// <summary>The median; NaN for no values.</summary>
    public static double Median(ReadOnlySpan<double> values) => Quantile(values, 0.5);

    /// <summary>The quantile by linear interpolation between order statistics (Hyndman–Fan type 7, as NumPy and R do).</summary>
    /// <param name="values">The sample in any order.</param>
    /// <param name="probability">0 … 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> lies outside 0 … 1.</exception>
    public static double Quantile(ReadOnlySpan<double> values, double probability)
    {
        if (!(probability >= 0 && probability <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability lies in 0 … 1.");
        if (values.IsEmpty)
            return double.NaN;
        var sorted = values.ToArray();
        Array.Sort(sorted);
        var position = probability * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return position == below || sorted[above] == sorted[below]
            ? sorted[below]
            : sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    /// <summary>Pearson's correlation of two samples of equal length; NaN when one is constant.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Correlation(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length)
            throw new ArgumentException($"The samples have {x.Length} and {y.Length} values; they must have equally many.", nameof(y));
        var (meanX, meanY, xx, yy, xy) = (Mean(x), Mean(y), 0.0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
            xy += (x[i] - meanX) * (y[i] - meanY);
        }
        return xy / Math.Sqrt(xx * yy);
    }
}
