using Lethe.Core.Numerics;

namespace Lethe.Verification;

/// <summary>The range of a figure over gold models that differ in the training seed only: mean ± 2 standard deviations.</summary>
/// <param name="Mean">Mean over the gold models.</param>
/// <param name="StandardDeviation">Their standard deviation (n − 1).</param>
/// <param name="Count">How many gold models.</param>
public sealed record GoldSpread(double Mean, double StandardDeviation, int Count)
{
    /// <summary>Half-width of the range in standard deviations.</summary>
    public const double Deviations = 2;

    /// <summary>Lower end of the range.</summary>
    public double Low => Mean - Deviations * StandardDeviation;

    /// <summary>Upper end of the range.</summary>
    public double High => Mean + Deviations * StandardDeviation;

    /// <summary>The spread of the given figures; null with fewer than two (then nothing can be said).</summary>
    /// <param name="golds">One figure for each gold model.</param>
    public static GoldSpread? Of(ReadOnlySpan<double> golds) => golds.Length < 2
        ? null
        : new GoldSpread(Statistics.Mean(golds), Statistics.StandardDeviation(golds), golds.Length);

    /// <summary>Whether a figure lies within the range, ends included: over-forgetting fails as under-forgetting does.</summary>
    public bool Contains(double value) => value >= Low && value <= High;

    /// <summary>Whether <paramref name="value"/> lies within gold's range; null where there are fewer than two gold models.</summary>
    public static bool? WithinGold(double value, ReadOnlySpan<double> golds) => Of(golds)?.Contains(value);
}
