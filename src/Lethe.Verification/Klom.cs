using Lethe.Core.Numerics;

namespace Lethe.Verification;

/// <summary>
/// KLOM (Georgiev et al., arXiv 2410.23232): for each record the Kullback–Leibler divergence, in nats, between its margins φ (see
/// <see cref="LogitScaledConfidence"/>) under unlearned models and under models that never saw it.
/// </summary>
/// <param name="Mean">Mean over the records.</param>
/// <param name="Upper">95th percentile over the records.</param>
/// <param name="Models">Unlearned models; histograms of few are far apart by chance, so compare only at the same number.</param>
/// <param name="ByRecord">The divergences, in the order of the records.</param>
public sealed record Klom(double Mean, double Upper, int Models, IReadOnlyList<double> ByRecord)
{
    /// <summary>Bins of the histograms.</summary>
    public const int Bins = 20;

    /// <summary>Least probability of a bin of gold's histogram.</summary>
    public const double LeastProbability = 1e-5;

    /// <summary>Margins beyond ± this count as this.</summary>
    public const double Clip = 100;

    private const double UpperQuantile = 0.95;

    /// <summary>Measures all records.</summary>
    /// <param name="unlearned">(n, records) φ under n unlearned models.</param>
    /// <param name="gold">(m, records) φ under m models that never saw the record.</param>
    /// <exception cref="ArgumentException">The records differ, a side is empty, or a margin is no number.</exception>
    public static Klom Of(double[,] unlearned, double[,] gold)
    {
        ArgumentNullException.ThrowIfNull(unlearned);
        ArgumentNullException.ThrowIfNull(gold);
        ClassAccuracy.RequireSameLength(unlearned.GetLength(1), gold.GetLength(1));
        if (unlearned.GetLength(1) == 0) throw new ArgumentException("There are no records.", nameof(unlearned));
        double[] divergences = [.. Enumerable.Range(0, unlearned.GetLength(1)).Select(record => OfRecord(Column(unlearned, record), Column(gold, record)))];
        return new Klom(Statistics.Mean(divergences), Statistics.Quantile(divergences, UpperQuantile), unlearned.GetLength(0), divergences);
    }

    /// <summary>
    /// The divergence of one record: KL(unlearned ‖ gold) of histograms with <see cref="Bins"/> equal bins over the range of both, the last bin
    /// closed; 0 when all margins are equal.
    /// </summary>
    /// <param name="unlearned">Margins of the record under runs of the method.</param>
    /// <param name="gold">Margins under gold models.</param>
    /// <exception cref="ArgumentException">A side is empty or a margin is no number.</exception>
    public static double OfRecord(ReadOnlySpan<double> unlearned, ReadOnlySpan<double> gold)
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

    /// <summary>Whether doing nothing diverges otherwise than retraining does: this being that of the original's runs, compared record by record.</summary>
    /// <param name="gold">The divergence of retrained models from other retrained models, same records and as many models.</param>
    /// <param name="alpha">Two-sided level, strictly between 0 and 1.</param>
    /// <exception cref="ArgumentException">The records differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The level lies outside its range.</exception>
    public Power PowerAgainst(Klom gold, double alpha = Power.Alpha)
    {
        ArgumentNullException.ThrowIfNull(gold);
        ClassAccuracy.RequireSameLength(ByRecord.Count, gold.ByRecord.Count);
        double[] differences = [.. ByRecord.Zip(gold.ByRecord, (own, other) => own - other)];
        return differences.Length < 2
            ? Power.None("A single record says nothing of chance.")
            : Power.OfDifference(Statistics.Mean(differences), 0, Statistics.StandardError(differences), alpha);
    }

    private static double[] Column(double[,] margins, int record) => [.. Enumerable.Range(0, margins.GetLength(0)).Select(model => margins[model, record])];

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
