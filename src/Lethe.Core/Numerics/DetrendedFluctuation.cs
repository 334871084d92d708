namespace Lethe.Core.Numerics;

/// <summary>Detrended fluctuation analysis of order 1 (Peng et al., Physical Review E 49, 1994).</summary>
public static class DetrendedFluctuation
{
    private const int SmallestWindow = 4;
    private const int SmallestSeries = 8;
    private const int WindowSizes = 20;

    /// <summary>
    /// The scaling exponent: the slope of log F(n) against log n over log-spaced windows of 4 … max(5, N/4) points
    /// (at least three sizes), forward and backward windows. About 0.5 for white noise and 1.5 for its sum.
    /// </summary>
    /// <param name="series">The series in time order.</param>
    /// <returns>The exponent; NaN for fewer than 8 points, a constant series or values that are not finite.</returns>
    public static double Exponent(ReadOnlySpan<double> series)
    {
        if (series.Length < SmallestSeries || IsConstant(series))
            return double.NaN;
        var profile = Profile(series);
        var logSize = new List<double>();
        var logFluctuation = new List<double>();
        foreach (var window in Windows(series.Length))
        {
            var fluctuation = Fluctuation(profile, window);
            if (fluctuation > 0)
            {
                logSize.Add(Math.Log(window));
                logFluctuation.Add(Math.Log(fluctuation));
            }
        }
        return logSize.Count < 2 ? double.NaN : Slope([.. logSize], [.. logFluctuation]);
    }

    private static bool IsConstant(ReadOnlySpan<double> series) => series.IndexOfAnyExcept(series[0]) < 0;

    private static double[] Profile(ReadOnlySpan<double> series)
    {
        var mean = Statistics.Mean(series);
        var profile = new double[series.Length];
        var sum = 0.0;
        for (var i = 0; i < series.Length; i++)
            profile[i] = sum += series[i] - mean;
        return profile;
    }

    private static SortedSet<int> Windows(int count)
    {
        double largest = Math.Max(SmallestWindow + 1, count / 4);
        var sizes = new SortedSet<int>();
        for (var i = 0; i < WindowSizes; i++)
            sizes.Add((int)Math.Round(SmallestWindow * Math.Pow(largest / SmallestWindow, (double)i / (WindowSizes - 1))));
        for (var size = SmallestWindow; sizes.Count < 3; size++)
            sizes.Add(size);
        return sizes;
    }

    private static double Fluctuation(ReadOnlySpan<double> profile, int window)
    {
        var windows = profile.Length / window;
        var offset = profile.Length - windows * window;
        var sum = 0.0;
        for (var i = 0; i < windows; i++)
            sum += Residual(profile.Slice(i * window, window)) + Residual(profile.Slice(offset + i * window, window));
        return Math.Sqrt(sum / (2.0 * windows * window));
    }

    /// <summary>The sum of squared distances to the least-squares line.</summary>
    private static double Residual(ReadOnlySpan<double> values)
    {
        var middle = (values.Length - 1) / 2.0;
        var (mean, slope, spread) = (Statistics.Mean(values), 0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            slope += (i - middle) * values[i];
            spread += (i - middle) * (i - middle);
        }
        slope /= spread;
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            var distance = values[i] - mean - slope * (i - middle);
            sum += distance * distance;
        }
        return sum;
    }

    private static double Slope(double[] x, double[] y) => LeastSquaresLine.Fit(x, y).Slope;
}
