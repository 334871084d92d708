namespace Lethe.Verification;

/// <summary>
/// The two families of attacks of <see cref="EpsilonForgetting"/>, over the challenge's grids: thresholds one hundredth apart, so that a
/// range of confidences, not the number of models, decides how many attacks are tried.
/// </summary>
internal static class ThresholdAttacks
{
    private const double PerUnit = 100;
    private const double Buffer = 2;

    /// <summary>The largest ε of the attacks "positive from here on"; NaN where none can be judged.</summary>
    /// <param name="positive">Sorted confidences of the side with the larger median.</param>
    /// <param name="negative">Sorted confidences of the other.</param>
    public static double Single(double[] positive, double[] negative)
    {
        double low = Math.Min(positive[0], negative[0]), high = Math.Max(positive[^1], negative[^1]);
        var best = double.NaN;
        int positivesBelow = 0, negativesBelow = 0;
        foreach (var threshold in Grid(low, high))
        {
            Advance(positive, ref positivesBelow, threshold);
            Advance(negative, ref negativesBelow, threshold);
            best = EpsilonForgetting.Larger(best, EpsilonForgetting.Of(
                (double)(negative.Length - negativesBelow) / negative.Length, (double)positivesBelow / positive.Length));
        }
        return best;
    }

    /// <summary>The largest ε of the attacks "positive within this interval", about as wide as the narrow side; NaN where none can be judged.</summary>
    /// <param name="narrow">Sorted confidences of the side with the smaller range; it counts as positive.</param>
    /// <param name="wide">Sorted confidences of the other.</param>
    public static double Double(double[] narrow, double[] wide)
    {
        var width = narrow[^1] - narrow[0];
        var best = double.NaN;
        int narrowUpTo = 0, wideUpTo = 0;
        foreach (var right in Grid(narrow[0] + width - Buffer, narrow[^1] + Buffer))
        {
            while (narrowUpTo < narrow.Length && narrow[narrowUpTo] <= right) narrowUpTo++;
            while (wideUpTo < wide.Length && wide[wideUpTo] <= right) wideUpTo++;
            int narrowBelow = 0, wideBelow = 0;
            var (lastNarrow, lastWide) = (-1, -1);
            foreach (var left in Grid(right - width - Buffer, right - width + Buffer))
            {
                Advance(narrow, ref narrowBelow, left);
                Advance(wide, ref wideBelow, left);
                if (narrowBelow == lastNarrow && wideBelow == lastWide) continue;
                (lastNarrow, lastWide) = (narrowBelow, wideBelow);
                double found = Math.Max(0, narrowUpTo - narrowBelow), accused = Math.Max(0, wideUpTo - wideBelow);
                best = EpsilonForgetting.Larger(best, EpsilonForgetting.Of(accused / wide.Length, (narrow.Length - found) / narrow.Length));
            }
        }
        return best;
    }

    private static void Advance(double[] sorted, ref int below, double threshold)
    {
        while (below < sorted.Length && sorted[below] < threshold) below++;
    }

    /// <summary>Evenly spaced from the low end to the high end, both included, as NumPy's linspace.</summary>
    private static IEnumerable<double> Grid(double low, double high)
    {
        var count = (int)Math.Ceiling((high - low) * PerUnit);
        for (var i = 0; i < count; i++) yield return count == 1 ? low : i == count - 1 ? high : low + i * ((high - low) / (count - 1));
    }
}
