using Lethe.Core.Numerics;

namespace Lethe.Verification;

/// <summary>
/// How far margins φ (see <see cref="LogitScaledConfidence"/>) of single records lie from those of gold models that differ in the training
/// seed. With many runs of a method: KLOM (Georgiev et al., arXiv 2410.23232), the Kullback–Leibler divergence of the two distributions. With a
/// single candidate: its distance from gold in gold's own deviations, beside the same distance of each gold model from the others.
/// </summary>
/// <param name="Median">Median over the records of |φ − mean φ_gold| / (s_gold·√(1 + 1/n)).</param>
/// <param name="Upper">95th percentile over the records.</param>
/// <param name="Floor">The median distance of each gold model from the others: what the seed alone does.</param>
/// <param name="ByRecord">The distances, in the order of the records; NaN where gold models agree to the bit and the candidate does too.</param>
public sealed record MarginDivergence(double Median, double Upper, IReadOnlyList<double> Floor, IReadOnlyList<double> ByRecord)
{
    /// <summary>Bins of the histograms of <see cref="Klom"/>.</summary>
    public const int Bins = 20;

    /// <summary>Least probability of a bin of gold's histogram.</summary>
    public const double LeastProbability = 1e-5;

    /// <summary>Margins beyond ± this count as this.</summary>
    public const double Clip = 100;

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

    /// <summary>
    /// KLOM of one record in nats: KL(unlearned ‖ gold) of histograms with <see cref="Bins"/> equal bins over the range of both, the last bin
    /// closed; 0 when all margins are equal.
    /// </summary>
    /// <param name="unlearned">Margins of the record under runs of the method.</param>
    /// <param name="gold">Margins under gold models.</param>
    /// <exception cref="ArgumentException">A side is empty or a margin is no number.</exception>
    public static double Klom(ReadOnlySpan<double> unlearned, ReadOnlySpan<double> gold)
    {
        if (unlearned.IsEmpty || gold.IsEmpty) throw new ArgumentException("Margins of the method and of gold are needed.");
        double[] p = Clipped(unlearned), q = Clipped(gold);
        double low = Math.Min(p.Min(), q.Min()), high = Math.Max(p.Max(), q.Max());
        if (low == high) return 0;
        double[] left = Histogram(p, low, high), right = Histogram(q, low, high);
        for (var bin = 0; bin < Bins; bin++) if (left[bin] > 0) right[bin] = Math.Max(right[bin], LeastProbability);
        double total = right.Sum(), divergence = 0;
        for (var bin = 0; bin < Bins; bin++) if (left[bin] > 0) divergence += left[bin] * Math.Log(left[bin] * total / right[bin]);
        return divergence;
    }

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

    private static double[] Clipped(ReadOnlySpan<double> margins)
    {
        var clipped = margins.ToArray();
        if (Array.Exists(clipped, double.IsNaN)) throw new ArgumentException("A margin is not a number.");
        return Array.ConvertAll(clipped, margin => Math.Clamp(margin, -Clip, Clip));
    }

    private static double[] Histogram(double[] margins, double low, double high)
    {
        var shares = new double[Bins];
        foreach (var margin in margins) shares[Math.Min(Bins - 1, (int)((margin - low) / (high - low) * Bins))] += 1.0 / margins.Length;
        return shares;
    }
}
