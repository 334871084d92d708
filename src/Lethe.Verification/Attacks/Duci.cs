using MathNet.Numerics.Distributions;

namespace Lethe.Verification;

/// <summary>
/// Which fraction of a set of records is in the training data (DUCI, Tong et al., ICLR 2025): the share that a membership attack accuses,
/// corrected by how often it is wrong. p̂ = mean((m̂ − FPR)/(TPR − FPR)). For a forget set: how much of it is still in.
/// </summary>
/// <param name="Fraction">p̂; unbiased, so it may lie a little outside [0, 1].</param>
/// <param name="Low">Lower end of the interval, which counts the uncertainty of TPR and FPR too; not clipped.</param>
/// <param name="High">Upper end of the interval.</param>
/// <param name="Confidence">For example 0.95.</param>
/// <param name="TruePositiveRate">How often the attack accuses members of the reference models.</param>
/// <param name="FalsePositiveRate">How often it accuses others.</param>
/// <param name="Threshold">Scores from here on are accused; chosen on the reference models to make TPR − FPR largest. NaN where rates were given.</param>
/// <param name="Power">Whether the attack tells members from others at all; without power the figures are NaN.</param>
public sealed record Duci(
    double Fraction, double Low, double High, double Confidence, double TruePositiveRate, double FalsePositiveRate, double Threshold, Power Power)
{
    /// <summary>Confidence where a caller names none.</summary>
    public const double DefaultConfidence = 0.95;

    /// <summary>Estimates the fraction from attack scores; the threshold is chosen on the reference models, never on the records in question.</summary>
    /// <param name="scores">Scores of the records in question, higher means more likely a member.</param>
    /// <param name="referenceMembers">Scores of records under reference models that were trained on them.</param>
    /// <param name="referenceOthers">Scores of records under reference models that were not.</param>
    /// <param name="confidence">Strictly between 0 and 1.</param>
    /// <exception cref="ArgumentException">A side is empty or a score is no number.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The confidence lies outside its range.</exception>
    public static Duci Of(
        ReadOnlySpan<double> scores, ReadOnlySpan<double> referenceMembers, ReadOnlySpan<double> referenceOthers, double confidence = DefaultConfidence)
    {
        if (scores.IsEmpty) throw new ArgumentException("There are no records to ask about.", nameof(scores));
        var best = RocCurve.Of(referenceMembers, referenceOthers).Points.MaxBy(point => point.TruePositiveRate - point.FalsePositiveRate)!;
        var accused = 0;
        foreach (var score in scores)
        {
            if (double.IsNaN(score)) throw new ArgumentException("A score is not a number.", nameof(scores));
            if (score >= best.Threshold) accused++;
        }
        return Of(accused, scores.Length, best.TruePositiveRate, referenceMembers.Length, best.FalsePositiveRate, referenceOthers.Length, confidence)
            with
        { Threshold = best.Threshold };
    }

    /// <summary>Estimates the fraction from counts.</summary>
    /// <param name="accused">How many of the records the attack calls members.</param>
    /// <param name="records">How many there are, at least 1.</param>
    /// <param name="truePositiveRate">TPR on reference models.</param>
    /// <param name="members">From how many pairs of record and model TPR was counted, at least 1.</param>
    /// <param name="falsePositiveRate">FPR on reference models.</param>
    /// <param name="others">From how many pairs FPR was counted, at least 1.</param>
    /// <param name="confidence">Strictly between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside its range.</exception>
    public static Duci Of(
        int accused, int records, double truePositiveRate, int members, double falsePositiveRate, int others, double confidence = DefaultConfidence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(records, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(accused);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(accused, records);
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(others, 1);
        RequireRate(truePositiveRate, nameof(truePositiveRate));
        RequireRate(falsePositiveRate, nameof(falsePositiveRate));
        if (!(confidence > 0 && confidence < 1)) throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence lies strictly between 0 and 1.");
        double t = Variance(truePositiveRate, members), f = Variance(falsePositiveRate, others), gap = truePositiveRate - falsePositiveRate;
        var power = gap > 0
            ? Power.OfDifference(truePositiveRate, falsePositiveRate, Math.Sqrt(t + f), 1 - confidence)
            : Power.None("The attack accuses others as often as members: nothing can be said of a fraction.");
        if (!power.HasPower) return new Duci(double.NaN, double.NaN, double.NaN, confidence, truePositiveRate, falsePositiveRate, double.NaN, power);
        var share = (double)accused / records;
        var fraction = (share - falsePositiveRate) / gap;
        var error = Math.Sqrt(Variance(share, records) + (1 - fraction) * (1 - fraction) * f + fraction * fraction * t) / gap;
        var half = Normal.InvCDF(0, 1, (1 + confidence) / 2) * error;
        return new Duci(fraction, fraction - half, fraction + half, confidence, truePositiveRate, falsePositiveRate, double.NaN, power);
    }

    /// <summary>The fraction as a measurement.</summary>
    /// <param name="subject">Of which model: one of <see cref="Subjects"/>.</param>
    public Measurement Measure(string subject) => new("fraction of the records that is still in (DUCI)", subject, Fraction, "0: none, as gold", Directions.EqualToGold);

    /// <summary>Variance of a counted share, about the Agresti–Coull centre, so that 0 of n is not taken for certain.</summary>
    private static double Variance(double share, int count)
    {
        var centre = (share * count + 2) / (count + 4);
        return centre * (1 - centre) / (count + 4);
    }

    private static void RequireRate(double rate, string name)
    {
        if (!(rate >= 0 && rate <= 1)) throw new ArgumentOutOfRangeException(name, rate, "A rate lies in 0 … 1.");
    }
}
