namespace Lethe.Verification;

/// <summary>
/// Holm's step-down correction (Scandinavian Journal of Statistics 6, 1979): holds the probability of any false alarm among all tests,
/// however they depend on each other.
/// </summary>
public static class HolmCorrection
{
    /// <summary>Adjusted p-values: a test is rejected at α when its adjusted value is at most α.</summary>
    /// <param name="p">One p-value a test, each in [0, 1].</param>
    public static double[] Adjust(ReadOnlySpan<double> p)
    {
        var (values, order) = Sorted(p);
        var adjusted = new double[values.Length];
        var running = 0.0;
        for (var rank = 0; rank < order.Length; rank++)
        {
            running = Math.Max(running, Math.Min(1, (values.Length - rank) * values[order[rank]]));
            adjusted[order[rank]] = running;
        }
        return adjusted;
    }

    /// <summary>The level that each test was held against: α/(m − rank) up to the first test that is not rejected, and from there that one's.</summary>
    /// <param name="p">One p-value a test, each in [0, 1].</param>
    /// <param name="alpha">Level of all tests together.</param>
    public static double[] Levels(ReadOnlySpan<double> p, double alpha)
    {
        var (values, order) = Sorted(p);
        var levels = new double[values.Length];
        var step = 0;
        for (var rank = 0; rank < order.Length; rank++)
        {
            levels[order[rank]] = alpha / (values.Length - step);
            if (step == rank && values[order[rank]] <= alpha / (values.Length - step)) step = Math.Min(rank + 1, values.Length - 1);
        }
        return levels;
    }

    private static (double[] Values, int[] Order) Sorted(ReadOnlySpan<double> p)
    {
        var values = p.ToArray();
        return (values, [.. Enumerable.Range(0, values.Length).OrderBy(test => values[test])]);
    }
}
