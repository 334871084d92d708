using MathNet.Numerics.Distributions;

namespace Lethe.Core.Numerics;

/// <summary>
/// The binomial distribution, in log space so that small tails keep their digits, and by Loader's saddle-point form (2000), so that millions of
/// trials do too.
/// </summary>
public static class Binomial
{
    private const double NegligibleTerm = 1e-18;

    /// <summary>ln P[X = k] for X ~ Binomial(n, p); −∞ where the probability is 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is negative or p lies outside 0 … 1.</exception>
    public static double LogPmf(int k, int n, double p)
    {
        Require(n, p);
        if (k < 0 || k > n)
            return double.NegativeInfinity;
        if (k == 0)
            return Times(n, double.LogP1(-p));
        if (k == n)
            return Times(n, Math.Log(p));
        if (p is 0 or 1)
            return double.NegativeInfinity;
        var exponent = Stirling(n) - Stirling(k) - Stirling(n - k) - Deviance(k, n * p) - Deviance(n - k, n * (1 - p));
        return exponent - (Math.Log(2 * Math.PI) + Math.Log(k) + double.LogP1(-(double)k / n)) / 2;
    }

    /// <summary>P[X = k].</summary>
    /// <inheritdoc cref="LogPmf"/>
    public static double Pmf(int k, int n, double p) => Math.Exp(LogPmf(k, n, p));

    /// <summary>ln P[X ≤ k].</summary>
    /// <inheritdoc cref="LogPmf"/>
    public static double LogCdf(int k, int n, double p)
    {
        Require(n, p);
        if (k < 0)
            return double.NegativeInfinity;
        if (k >= n)
            return 0;
        return k <= n * p ? LogLower(k, n, p) : double.LogP1(-Math.Exp(LogUpper(k + 1, n, p)));
    }

    /// <summary>P[X ≤ k].</summary>
    /// <inheritdoc cref="LogPmf"/>
    public static double Cdf(int k, int n, double p) => Math.Exp(LogCdf(k, n, p));

    /// <summary>P[X &gt; k], summed over the upper tail itself.</summary>
    /// <inheritdoc cref="LogPmf"/>
    public static double Survival(int k, int n, double p)
    {
        Require(n, p);
        if (k < 0)
            return 1;
        if (k >= n)
            return 0;
        return k < n * p ? 1 - Math.Exp(LogLower(k, n, p)) : Math.Exp(LogUpper(k + 1, n, p));
    }

    /// <summary>The smallest k with P[X ≤ k] ≥ <paramref name="probability"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is negative, or p or the probability lies outside 0 … 1.</exception>
    public static int InverseCdf(double probability, int n, double p)
    {
        Require(n, p);
        Require(n, probability);
        return Smallest(n, k => Cdf(k, n, p) >= probability);
    }

    /// <summary>The smallest k with P[X &gt; k] ≤ <paramref name="probability"/>; exact where the probability is tiny.</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is negative, or p or the probability lies outside 0 … 1.</exception>
    public static int InverseSurvival(double probability, int n, double p)
    {
        Require(n, p);
        Require(n, probability);
        return Smallest(n, k => Survival(k, n, p) <= probability);
    }

    /// <summary>
    /// The two-sided exact confidence interval of a proportion (Clopper and Pearson, Biometrika 26, 1934).
    /// </summary>
    /// <param name="k">Hits, 0 … n.</param>
    /// <param name="n">Trials, at least 1.</param>
    /// <param name="confidence">For example 0.95; strictly between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside its range.</exception>
    public static (double Lower, double Upper) ClopperPearson(int k, int n, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, n);
        if (!(confidence > 0 && confidence < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence lies strictly between 0 and 1.");
        var tail = (1 - confidence) / 2;
        return (k == 0 ? 0 : Beta.InvCDF(k, n - k + 1, tail), k == n ? 1 : Beta.InvCDF(k + 1, n - k, 1 - tail));
    }

    private static void Require(int n, double p)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        if (!(p >= 0 && p <= 1))
            throw new ArgumentOutOfRangeException(nameof(p), p, "A probability lies in 0 … 1.");
    }

    /// <summary>count·log with 0·(−∞) = 0.</summary>
    private static double Times(int count, double log) => count == 0 ? 0 : count * log;

    private static int Smallest(int n, Func<int, bool> reached)
    {
        int low = 0, high = n;
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (reached(middle))
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }

    /// <summary>ln P[X ≤ k] for k at or below the mean: terms fall from k downwards.</summary>
    private static double LogLower(int k, int n, double p)
    {
        double sum = 1, term = 1;
        for (var i = k; i > 0 && term > sum * NegligibleTerm; i--)
            sum += term *= i * (1 - p) / ((n - i + 1) * p);
        return Math.Min(0, LogPmf(k, n, p) + Math.Log(sum));
    }

    /// <summary>ln P[X ≥ k] for k at or above the mean: terms fall from k upwards.</summary>
    private static double LogUpper(int k, int n, double p)
    {
        double sum = 1, term = 1;
        for (var i = k; i < n && term > sum * NegligibleTerm; i++)
            sum += term *= (n - i) * p / ((i + 1.0) * (1 - p));
        return Math.Min(0, LogPmf(k, n, p) + Math.Log(sum));
    }

    /// <summary>ln n! − ln(√(2πn)·(n/e)ⁿ).</summary>
    private static double Stirling(int n)
    {
        if (n < 16)
        {
            var factorial = 1.0;
            for (var i = 2; i <= n; i++)
                factorial *= i;
            return Math.Log(factorial) - ((n + 0.5) * Math.Log(n) - n + Math.Log(2 * Math.PI) / 2);
        }
        var square = (double)n * n;
        return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - 1.0 / 1188 / square) / square) / square) / square) / n;
    }

    /// <summary>x·ln(x/m) + m − x, without cancellation where x is near m.</summary>
    private static double Deviance(double x, double m)
    {
        var v = (x - m) / (x + m);
        if (Math.Abs(v) >= 0.1)
            return x * Math.Log(x / m) + m - x;
        var (sum, term) = ((x - m) * v, 2 * x * v);
        for (var j = 3; j < 1000; j += 2)
        {
            term *= v * v;
            var next = sum + term / j;
            if (next == sum)
                break;
            sum = next;
        }
        return sum;
    }
}
