namespace Lethe.Core.Numerics;

/// <summary>The ordinary least-squares line y ≈ Slope·x + Intercept.</summary>
internal readonly record struct LeastSquaresLine(double Slope, double Intercept)
{
    /// <summary>Fits at least one point; the slope is 0 when all x are equal.</summary>
    public static LeastSquaresLine Fit(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var (meanX, meanY) = (Statistics.Mean(x), Statistics.Mean(y));
        var (xx, xy) = (0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            xx += (x[i] - meanX) * (x[i] - meanX);
            xy += (x[i] - meanX) * (y[i] - meanY);
        }
        var slope = xx > 0 ? xy / xx : 0;
        return new(slope, meanY - slope * meanX);
    }
}
