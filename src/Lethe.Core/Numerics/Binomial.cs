using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Lethe.Core.Numerics;

/// <summary>The binomial distribution, summed in log space so that small tails keep their digits.</summary>
public static class Binomial
{
    /// <summary>ln P[X = k] for X ~ Binomial(n, p); −∞ where the probability is 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is negative or p lies outside 0 … 1.</exception>
    public static double LogPmf(int k, int n, double p)
    {
        Require(n, p);
        if (k < 0 || k > n)
            return double.NegativeInfinity;
        return SpecialFunctions.BinomialLn(n, k) + Times(k, Math.Log(p)) + Times(n - k, double.LogP1(-p));
    }

    /// <summary>P[X = k].</summary>
    /// <inheritdoc cref="LogPmf"/>
    public static double Pmf(int k, int n, double p) => Math.Exp(LogPmf(k, n, p));

    /// <summary>ln P[X ≤ k].</summary>
    /// <inheritdoc cref="LogPmf"/>
    public static double LogCdf(int k, int n, double p)
    {
        Require(n, p);
        return k < 0 ? double.NegativeInfinity : k >= n ? 0 : Math.Min(0, LogSum(0, k, n, p));
    }

    /// <summary>P[X ≤ k].</summary>
    /// <inheritdoc cref="LogPmf"/>
    public static double Cdf(int k, int n, double p) => Math.Exp(LogCdf(k, n, p));

    /// <summary>P[X &gt; k], summed over the upper tail itself.</summary>
    /// <inheritdoc cref="LogPmf"/>
    public static double Survival(int k, int n, double p)
    {
        Require(n, p);
        return k < 0 ? 1 : k >= n ? 0 : Math.Exp(Math.Min(0, LogSum(k + 1, n, n, p)));
    }

    /// <summary>The smallest k with P[X ≤ k] ≥ <paramref name="probability"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is negative, or p or the probability lies outside 0 … 1.</exception>
    public static int InverseCdf(double probability, int n, double p)
    {
        Require(n, p);
        Require(n, probability);
        var (sum, k) = (Pmf(0, n, p), 0);
        while (k < n && sum < probability)
            sum += Pmf(++k, n, p);
        return k;
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

    private static double LogSum(int from, int to, int n, double p)
    {
        var terms = new double[to - from + 1];
        var largest = double.NegativeInfinity;
        for (var i = 0; i < terms.Length; i++)
            largest = Math.Max(largest, terms[i] = LogPmf(from + i, n, p));
        if (double.IsNegativeInfinity(largest))
            return largest;
        var sum = 0.0;
        foreach (var term in terms)
            sum += Math.Exp(term - largest);
        return largest + Math.Log(sum);
    }
}
