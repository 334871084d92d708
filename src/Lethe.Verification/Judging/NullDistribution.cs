using Lethe.Core.Numerics;
using MathNet.Numerics.Distributions;

namespace Lethe.Verification;

/// <summary>
/// Where the figure of one more gold model is expected, from gold models that differ in the training seed: Student's prediction interval
/// mean ± t(n−1)·s·√(1 + 1/n).
/// </summary>
/// <param name="Mean">Mean over the gold models.</param>
/// <param name="Spread">s: their standard deviation (n − 1), not below the resolution of the figure.</param>
/// <param name="Count">How many gold models, at least two.</param>
/// <param name="OnlyLarge">Whether only figures above gold's are suspicious, as with distances from gold; false: both sides are.</param>
public sealed record NullDistribution(double Mean, double Spread, int Count, bool OnlyLarge)
{
    private const double SmallestRelativeSpread = 1e-6;

    /// <summary>The distribution of the given figures; null with fewer than two, or where one is no finite number.</summary>
    /// <param name="golds">One figure for each gold model.</param>
    /// <param name="resolution">
    /// The smallest step of the figure, for example 1 / records for a share: gold models that agree by chance do not make a range narrower.
    /// </param>
    /// <param name="onlyLarge">Whether only figures above gold's are suspicious.</param>
    public static NullDistribution? Of(ReadOnlySpan<double> golds, double resolution = 0, bool onlyLarge = false)
    {
        if (golds.Length < 2) return null;
        foreach (var value in golds) if (!double.IsFinite(value)) return null;
        var mean = Statistics.Mean(golds);
        var least = Math.Max(resolution, SmallestRelativeSpread * Math.Abs(mean));
        return new NullDistribution(mean, Math.Max(Statistics.StandardDeviation(golds), Math.Max(least, double.Epsilon)), golds.Length, onlyLarge);
    }

    /// <summary>The distribution of mean distances from the other gold models.</summary>
    /// <remarks>
    /// Such figures share pairs: with d(i, j) = u_i + u_j the spread over i is that of u times (n−2)/(n−1), which is put right here. So three
    /// gold models are needed.
    /// </remarks>
    /// <param name="distances">For each gold model, its mean distance from the others.</param>
    public static NullDistribution? OfDistances(ReadOnlySpan<double> distances)
    {
        if (distances.Length < 3 || Of(distances, 0, onlyLarge: true) is not { } plain) return null;
        return plain with { Spread = plain.Spread * (distances.Length - 1) / (distances.Length - 2) };
    }

    private double Scale => Spread * Math.Sqrt(1 + 1.0 / Count);

    /// <summary>The probability that one more gold model lies at least this far out; 0 for a figure that is no number.</summary>
    public double PValue(double value)
    {
        if (double.IsNaN(value)) return 0;
        var t = (value - Mean) / Scale;
        return OnlyLarge ? UpperTail(t) : Math.Min(1, 2 * UpperTail(Math.Abs(t)));
    }

    /// <summary>The range outside of which one more gold model lies with probability <paramref name="level"/>.</summary>
    /// <param name="level">Strictly between 0 and 1.</param>
    public (double Low, double High) Range(double level)
    {
        var half = Critical(level) * Scale;
        return (OnlyLarge ? double.NegativeInfinity : Mean - half, Mean + half);
    }

    /// <summary>
    /// The probability, about, that another model which forgot nothing lies outside the range at <paramref name="level"/>, if such models
    /// scatter around the original as gold models do around their mean.
    /// </summary>
    /// <param name="original">The original's figure.</param>
    /// <param name="level">Strictly between 0 and 1.</param>
    public double Power(double original, double level)
    {
        if (!double.IsFinite(original)) return 0;
        var t = (original - Mean) / Scale;
        var beyond = (OnlyLarge ? t : Math.Abs(t)) - Critical(level);
        return 1 - UpperTail(beyond / Math.Sqrt(2 / (1 + 1.0 / Count)));
    }

    /// <summary>Half the width of the range at <paramref name="level"/>.</summary>
    /// <param name="level">Strictly between 0 and 1.</param>
    public double HalfWidth(double level) => Critical(level) * Scale;

    private double Critical(double level) => -StudentT.InvCDF(0, 1, Count - 1, OnlyLarge ? level : level / 2);

    private double UpperTail(double t) => double.IsPositiveInfinity(t) ? 0 : double.IsNegativeInfinity(t) ? 1 : StudentT.CDF(0, 1, Count - 1, -t);
}
