using Lethe.Core.Numerics;

namespace Lethe.Verification;

/// <summary>
/// The forgetting quality of the NeurIPS 2023 unlearning challenge (metric of its organisers; Triantafillou et al., arXiv 2406.09073): for each
/// record, the ε that the best simple attack proves between the confidences φ of n unlearned and n retrained models, binned to points.
/// </summary>
/// <param name="Quality">F: mean points of the records, in [0, 1]; 1 is best. NaN where no attack could be judged for any record.</param>
/// <param name="Epsilons">ε of each record in [0, 50]; NaN where every attack had a single error rate of 0, that is, too few models.</param>
/// <param name="Models">n.</param>
/// <param name="Bins">Number of bins; an ε beyond them earns nothing.</param>
/// <param name="MaxFiniteEpsilon">ln(n − 1): no finite ε above it can be seen with n models, whatever the method.</param>
/// <param name="Undecided">How many records have no ε; they are left out of <paramref name="Quality"/>.</param>
public sealed record EpsilonForgetting(
    double Quality, IReadOnlyList<double> Epsilons, int Models, int Bins, double MaxFiniteEpsilon, int Undecided)
{
    /// <summary>δ of the definition.</summary>
    public const double Delta = 1e-5;

    /// <summary>The ε that stands for perfect separation.</summary>
    public const double Cap = 50;

    /// <summary>Width of a bin of ε.</summary>
    public const double BinWidth = 0.5;

    /// <summary>Below this ratio of ranges one side is taken for a point, and ε is <see cref="Cap"/>.</summary>
    public const double PeakyRatio = 0.01;

    /// <summary>What the figure must be read with, for tables.</summary>
    public string Label => FormattableString.Invariant($"ε-forgetting, n = {Models} (largest finite ε ln(n − 1) = {MaxFiniteEpsilon:0.00})");

    /// <summary>Measures the quality.</summary>
    /// <param name="unlearned">(n, records) φ under n runs of the method.</param>
    /// <param name="gold">(n, records) φ under n retrained models.</param>
    /// <exception cref="ArgumentException">The shapes differ, there are fewer than three models or no records, or a confidence is no finite number.</exception>
    public static EpsilonForgetting Of(double[,] unlearned, double[,] gold)
    {
        ArgumentNullException.ThrowIfNull(unlearned);
        ArgumentNullException.ThrowIfNull(gold);
        int models = unlearned.GetLength(0), records = unlearned.GetLength(1);
        if (gold.GetLength(0) != models || gold.GetLength(1) != records)
            throw new ArgumentException($"As many gold models as unlearned ones are needed, and the same records; got ({models}, {records}) and ({gold.GetLength(0)}, {gold.GetLength(1)}).");
        if (models < 3 || records == 0) throw new ArgumentException($"Three models and a record are needed at least; there are {models} and {records}.");
        var epsilons = new double[records];
        for (var record = 0; record < records; record++) epsilons[record] = OfRecord(Column(unlearned, record), Column(gold, record));
        var bins = (int)Math.Round(Math.Ceiling(Math.Log(models - 1)) / BinWidth);
        double[] decided = [.. epsilons.Where(epsilon => !double.IsNaN(epsilon))];
        var quality = decided.Length == 0 ? double.NaN : decided.Average(epsilon => Points(epsilon, bins));
        return new EpsilonForgetting(quality, epsilons, models, bins, Math.Log(models - 1), records - decided.Length);
    }

    /// <summary>The challenge's final score, F · (retained accuracy / gold's) · (test accuracy / gold's); each accuracy is a mean over models.</summary>
    /// <param name="retained">Accuracy of the unlearned models on retained records.</param>
    /// <param name="goldRetained">Gold's, positive.</param>
    /// <param name="test">Accuracy of the unlearned models on test records.</param>
    /// <param name="goldTest">Gold's, positive.</param>
    public double FinalScore(double retained, double goldRetained, double test, double goldTest) => Quality * (retained / goldRetained) * (test / goldTest);

    /// <summary>The quality as a measurement.</summary>
    /// <param name="subject">Of which models: one of <see cref="Subjects"/>.</param>
    public Measurement Measure(string subject) => new(Label, subject, Quality, "retrained models against retrained models", Directions.EqualToGold);

    /// <summary>
    /// Whether doing nothing scores otherwise than retraining does: this being the score of the original's runs, compared record by record.
    /// </summary>
    /// <param name="gold">The score of retrained models against other retrained models, same records.</param>
    /// <param name="alpha">Two-sided level, strictly between 0 and 1.</param>
    /// <exception cref="ArgumentException">The records differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The level lies outside its range.</exception>
    public Power PowerAgainst(EpsilonForgetting gold, double alpha = Power.Alpha)
    {
        ArgumentNullException.ThrowIfNull(gold);
        ClassAccuracy.RequireSameLength(Epsilons.Count, gold.Epsilons.Count);
        double[] differences =
        [
            .. Epsilons.Zip(gold.Epsilons, (own, other) => Points(own, Bins) - Points(other, gold.Bins)).Where(double.IsFinite),
        ];
        return differences.Length < 2
            ? Power.None("Fewer than two records have an ε under both; more models are needed.")
            : Power.OfDifference(Statistics.Mean(differences), 0, Statistics.StandardError(differences), alpha);
    }

    /// <summary>Points of an ε: 1 in the first bin, halved from bin to bin, 0 beyond the last; NaN for NaN.</summary>
    /// <param name="epsilon">At least 0.</param>
    /// <param name="bins">Number of bins.</param>
    public static double Points(double epsilon, int bins)
    {
        if (double.IsNaN(epsilon)) return double.NaN;
        var bin = (int)Math.Floor(epsilon / BinWidth);
        return bin < bins ? Math.Pow(2, -bin) : 0;
    }

    /// <summary>ε of one attack; NaN where exactly one of its error rates is 0, because that says only that there are few models.</summary>
    /// <param name="falsePositiveRate">In [0, 1].</param>
    /// <param name="falseNegativeRate">In [0, 1].</param>
    public static double Of(double falsePositiveRate, double falseNegativeRate)
    {
        if (falsePositiveRate == 0 && falseNegativeRate == 0) return double.PositiveInfinity;
        if (falsePositiveRate == 0 || falseNegativeRate == 0) return double.NaN;
        var first = Math.Log(1 - Delta - falsePositiveRate) - Math.Log(falseNegativeRate);
        var second = Math.Log(1 - Delta - falseNegativeRate) - Math.Log(falsePositiveRate);
        var best = double.IsNaN(first) ? second : double.IsNaN(second) ? first : Math.Max(first, second);
        return double.IsNaN(best) ? 0 : Math.Max(0, best);
    }

    private static double OfRecord(double[] unlearned, double[] gold)
    {
        var goldIsHigher = Statistics.Median(gold) > Statistics.Median(unlearned);
        var (high, low) = goldIsHigher ? (gold, unlearned) : (unlearned, gold);
        Array.Sort(high);
        Array.Sort(low);
        double highRange = high[^1] - high[0], lowRange = low[^1] - low[0];
        if (highRange == 0 && lowRange == 0) return high[0] == low[0] ? 0 : Cap;
        if (Math.Min(highRange, lowRange) / Math.Max(highRange, lowRange) < PeakyRatio) return Cap;
        var best = ThresholdAttacks.Single(high, low);
        best = Larger(best, highRange >= lowRange ? ThresholdAttacks.Double(low, high) : ThresholdAttacks.Double(high, low));
        return double.IsNaN(best) ? double.NaN : Math.Min(best, Cap);
    }

    internal static double Larger(double left, double right) => double.IsNaN(left) ? right : double.IsNaN(right) ? left : Math.Max(left, right);

    private static double[] Column(double[,] confidences, int record)
    {
        var column = new double[confidences.GetLength(0)];
        for (var model = 0; model < column.Length; model++)
        {
            column[model] = confidences[model, record];
            if (!double.IsFinite(column[model])) throw new ArgumentException($"The confidence of record {record} under model {model} is {column[model]}.");
        }
        return column;
    }
}
