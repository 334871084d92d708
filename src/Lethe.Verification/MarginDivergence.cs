using Lethe.Core.Numerics;

namespace Lethe.Verification;

/// <summary>
/// How far margins φ (see <see cref="LogitScaledConfidence"/>) of single records under one model lie from those of gold models that differ in the
/// training seed, in gold's own deviations, beside the same distance of each gold model from the others. For many runs of a method: <see cref="Klom"/>.
/// </summary>
/// <param name="Median">Median over the records of |φ − mean φ_gold| / (s_gold·√(1 + 1/n)).</param>
/// <param name="Upper">95th percentile over the records.</param>
/// <param name="Floor">The median distance of each gold model from the others: what the seed alone does.</param>
/// <param name="ByRecord">The distances, in the order of the records; NaN where gold models agree to the bit and the candidate does too.</param>
public sealed record MarginDivergence(double Median, double Upper, IReadOnlyList<double> Floor, IReadOnlyList<double> ByRecord)
{
    private const double UpperQuantile = 0.95;

    /// <summary>Distance of one model's margins from gold.</summary>
    /// <param name="candidate">(N) margins of the model.</param>
    /// <param name="golds">(N) margins of each gold model, same records in the same order; at least three models, or there is no floor.</param>
    /// <exception cref="ArgumentException">There are fewer than three gold models, no records, or the lengths differ.</exception>
    public static MarginDivergence FromGold(ReadOnlySpan<double> candidate, IReadOnlyList<double[]> golds)
    {
        ArgumentNullException.ThrowIfNull(golds);
        if (golds.Count < 3) throw new ArgumentException($"Three gold models are needed at least; there are {golds.Count}.", nameof(golds));
        if (candidate.IsEmpty) throw new ArgumentException("There are no records.", nameof(candidate));
        foreach (var gold in golds) ClassAccuracy.RequireSameLength(candidate.Length, gold.Length);
        var distances = Distances(candidate, golds);
        double[] floor = [.. golds.Select((gold, left) => Quantile(Distances(gold, [.. golds.Where((_, other) => other != left)]), 0.5))];
        return new MarginDivergence(Quantile(distances, 0.5), Quantile(distances, UpperQuantile), floor, distances);
    }

    /// <summary>Whether the original's margins can be told from gold's: its median distance against those of the gold models.</summary>
    /// <param name="original">The distance of the original model.</param>
    /// <exception cref="ArgumentNullException"><paramref name="original"/> is null.</exception>
    public static Power PowerOf(MarginDivergence original)
    {
        ArgumentNullException.ThrowIfNull(original);
        return Power.AgainstGolds(original.Median, [.. original.Floor]);
    }

    /// <summary>The median distance as a measurement.</summary>
    /// <param name="subject">Of which model: one of <see cref="Subjects"/>.</param>
    public Measurement Measure(string subject) =>
        new("distance of margins from gold, in gold's deviations", subject, Median, "gold against the other gold models", Directions.EqualToGold);

    private static double[] Distances(ReadOnlySpan<double> candidate, IReadOnlyList<double[]> golds)
    {
        var distances = new double[candidate.Length];
        var margins = new double[golds.Count];
        for (var record = 0; record < distances.Length; record++)
        {
            for (var gold = 0; gold < margins.Length; gold++) margins[gold] = golds[gold][record];
            var scale = Statistics.StandardDeviation(margins) * Math.Sqrt(1 + 1.0 / margins.Length);
            distances[record] = Math.Abs(candidate[record] - Statistics.Mean(margins)) / scale;
        }
        return distances;
    }

    private static double Quantile(double[] distances, double probability) => Statistics.Quantile([.. distances.Where(distance => !double.IsNaN(distance))], probability);
}
