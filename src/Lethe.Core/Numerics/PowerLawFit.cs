namespace Lethe.Core.Numerics;

/// <summary>
/// The curve y = A·x^(−H) + B fitted to y₁ … y_n at x = 1 … n by least squares. A is negative for a rising series;
/// B may be negative. (The decay law of DeepObliviate, He et al. 2021.)
/// </summary>
/// <param name="A">The amplitude.</param>
/// <param name="B">The plateau.</param>
/// <param name="H">The exponent, positive.</param>
/// <param name="ResidualSumOfSquares">Σ (y − fitted)².</param>
public sealed record PowerLawFit(double A, double B, double H, double ResidualSumOfSquares)
{
    /// <summary>The smallest exponent that <see cref="Fit"/> considers.</summary>
    public const double SmallestExponent = 0.01;

    /// <summary>The largest exponent that <see cref="Fit"/> considers.</summary>
    public const double LargestExponent = 6;

    private const int GridPoints = 128;
    private const int GoldenSteps = 80;

    /// <summary>Fits A, B and H: a log-spaced search over H in [0.01, 6], refined by golden section, with the line inside.</summary>
    /// <param name="y">At least three finite values.</param>
    /// <returns>The fit; A = 0 and H = 1 for a constant series.</returns>
    /// <exception cref="ArgumentException">Too few values, or one that is not finite.</exception>
    public static PowerLawFit Fit(ReadOnlySpan<double> y)
    {
        Require(y, 3);
        if (y.IndexOfAnyExcept(y[0]) < 0)
            return new(0, y[0], 1, 0);
        var series = y.ToArray();
        var scratch = new double[series.Length];
        double Residual(double logH) => Solve(series, scratch, Math.Exp(logH)).ResidualSumOfSquares;

        var (low, high) = (Math.Log(SmallestExponent), Math.Log(LargestExponent));
        var step = (high - low) / (GridPoints - 1);
        var (best, bestResidual) = (low, double.PositiveInfinity);
        for (var i = 0; i < GridPoints; i++)
        {
            var residual = Residual(low + i * step);
            if (residual < bestResidual)
                (best, bestResidual) = (low + i * step, residual);
        }
        var refined = GoldenSection(Residual, Math.Max(low, best - step), Math.Min(high, best + step));
        if (Residual(refined) > bestResidual)
            refined = best;
        return Solve(series, scratch, Math.Exp(refined));
    }

    /// <summary>Fits A and B with the exponent given.</summary>
    /// <param name="y">At least two finite values.</param>
    /// <param name="h">The exponent, positive and finite.</param>
    /// <exception cref="ArgumentException">Too few values, one that is not finite, or an exponent out of range.</exception>
    public static PowerLawFit FitWithExponent(ReadOnlySpan<double> y, double h)
    {
        Require(y, 2);
        if (!(h > 0 && double.IsFinite(h)))
            throw new ArgumentOutOfRangeException(nameof(h), h, "The exponent must be positive and finite.");
        return y.IndexOfAnyExcept(y[0]) < 0 ? new(0, y[0], h, 0) : Solve(y, new double[y.Length], h);
    }

    /// <summary>The fitted value at <paramref name="x"/> &gt; 0.</summary>
    public double At(double x) => A * Math.Pow(x, -H) + B;

    /// <summary>The steepness |dy/dx| = |A|·H·x^(−H−1) at <paramref name="x"/> &gt; 0.</summary>
    public double SlopeAt(double x) => Math.Abs(A) * H * Math.Pow(x, -H - 1);

    private static void Require(ReadOnlySpan<double> y, int least)
    {
        if (y.Length < least)
            throw new ArgumentException($"A power law needs at least {least} values, not {y.Length}.", nameof(y));
        foreach (var value in y)
        {
            if (!double.IsFinite(value))
                throw new ArgumentException("A power law needs finite values.", nameof(y));
        }
    }

    private static PowerLawFit Solve(ReadOnlySpan<double> y, Span<double> powers, double h)
    {
        for (var i = 0; i < y.Length; i++)
            powers[i] = Math.Pow(i + 1, -h);
        var line = LeastSquaresLine.Fit(powers, y);
        var sum = 0.0;
        for (var i = 0; i < y.Length; i++)
        {
            var distance = y[i] - line.Slope * powers[i] - line.Intercept;
            sum += distance * distance;
        }
        return new(line.Slope, line.Intercept, h, sum);
    }

    private static double GoldenSection(Func<double, double> f, double low, double high)
    {
        var ratio = (Math.Sqrt(5) - 1) / 2;
        var (left, right) = (high - ratio * (high - low), low + ratio * (high - low));
        var (fLeft, fRight) = (f(left), f(right));
        for (var i = 0; i < GoldenSteps && high - low > 1e-15; i++)
        {
            if (fLeft <= fRight)
            {
                (high, right, fRight) = (right, left, fLeft);
                left = high - ratio * (high - low);
                fLeft = f(left);
            }
            else
            {
                (low, left, fLeft) = (left, right, fRight);
                right = low + ratio * (high - low);
                fRight = f(right);
            }
        }
        return fLeft <= fRight ? left : right;
    }
}
