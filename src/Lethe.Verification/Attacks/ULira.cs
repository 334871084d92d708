using Lethe.Core.Numerics;

namespace Lethe.Verification;

/// <summary>
/// U-LiRA (Hayes et al., arXiv 2403.01218): one likelihood-ratio attacker for each record. It asks whether a model's confidence φ in the
/// record looks like that of models that learned the record and then forgot it, or like that of models that never saw it; both are taken for
/// normal, with median and standard deviation over shadow models.
/// </summary>
/// <param name="Roc">The sweep over all thresholds.</param>
/// <param name="Accuracy">Balanced accuracy of the attacker that says "member" where the ratio exceeds 1; 0.5 is chance.</param>
/// <param name="AccuracyStandardError">Binomial standard error of <paramref name="Accuracy"/> over the attacked records.</param>
/// <param name="MemberScores">Log-likelihood ratios of the members, in the order of the targets.</param>
/// <param name="OtherScores">Log-likelihood ratios of the others.</param>
public sealed record ULira(
    RocCurve Roc, double Accuracy, double AccuracyStandardError, IReadOnlyList<double> MemberScores, IReadOnlyList<double> OtherScores)
{
    /// <summary>Fewest shadow models of a kind that a record needs.</summary>
    public const int LeastShadows = 2;

    /// <summary>Smallest standard deviation of φ that is assumed; models that agree to the bit would make every ratio infinite.</summary>
    public const double LeastDeviation = 1e-6;

    /// <summary>ln N(φ; in) − ln N(φ; out): positive where the record looks learned-then-forgotten.</summary>
    /// <param name="target">φ of the record under the attacked model.</param>
    /// <param name="inside">φ under at least two models that learned and forgot the record.</param>
    /// <param name="outside">φ under at least two models that never saw it.</param>
    /// <exception cref="ArgumentException">There are too few models, or a confidence is no finite number.</exception>
    public static double Score(double target, ReadOnlySpan<double> inside, ReadOnlySpan<double> outside) =>
        Score(target, inside, outside, Deviation(inside), Deviation(outside));

    /// <summary>The probability of membership that a score stands for, N(φ; in) / (N(φ; in) + N(φ; out)).</summary>
    /// <param name="score">A log-likelihood ratio.</param>
    public static double Probability(double score) => 1 / (1 + Math.Exp(-score));

    /// <summary>Attacks records, forgotten ones or retained neighbours of them; members and others must both be among them.</summary>
    /// <param name="targets">The records under the attacked models.</param>
    /// <param name="variance">Whose deviations are used; pooled ones are steadier with fewer than about 64 shadow models.</param>
    /// <exception cref="ArgumentException">A side is empty, there are too few shadow models, or a confidence is no finite number.</exception>
    public static ULira Attack(IReadOnlyList<LiraTarget> targets, LiraVariance variance = LiraVariance.PerRecord)
    {
        ArgumentNullException.ThrowIfNull(targets);
        double? inside = null, outside = null;
        if (variance == LiraVariance.Pooled && targets.Count > 0)
        {
            inside = Pooled(targets, static target => target.In);
            outside = Pooled(targets, static target => target.Out);
        }
        double[] ScoresOf(bool member) =>
        [
            .. targets.Where(target => target.Member == member).Select(target => Score(
                target.Confidence, target.In, target.Out, inside ?? Deviation(target.In), outside ?? Deviation(target.Out))),
        ];
        double[] members = ScoresOf(true), others = ScoresOf(false);
        var roc = RocCurve.Of(members, others);
        double found = members.Count(score => score > 0) / (double)members.Length, spared = others.Count(score => score <= 0) / (double)others.Length;
        var error = Math.Sqrt(found * (1 - found) / members.Length + spared * (1 - spared) / others.Length) / 2;
        return new ULira(roc, (found + spared) / 2, error, members, others);
    }

    /// <summary>
    /// Attacks every shadow model with the help of all others. Pairs of model and record with fewer than <see cref="LeastShadows"/> other
    /// models of a kind are left out.
    /// </summary>
    /// <param name="confidences">(M, N) φ of N records under M models.</param>
    /// <param name="inside">(M, N) whether the model learned (and forgot) the record.</param>
    /// <param name="variance">Whose deviations are used.</param>
    /// <exception cref="ArgumentException">The shapes differ, or no member or no other is left to attack.</exception>
    public static ULira LeaveOneOut(double[,] confidences, bool[,] inside, LiraVariance variance = LiraVariance.PerRecord)
    {
        ArgumentNullException.ThrowIfNull(confidences);
        ArgumentNullException.ThrowIfNull(inside);
        int models = confidences.GetLength(0), records = confidences.GetLength(1);
        if (inside.GetLength(0) != models || inside.GetLength(1) != records)
            throw new ArgumentException($"Confidences are ({models}, {records}), memberships ({inside.GetLength(0)}, {inside.GetLength(1)}).", nameof(inside));
        var targets = new List<LiraTarget>();
        for (var record = 0; record < records; record++)
        {
            for (var model = 0; model < models; model++)
            {
                double[] Others(bool member) =>
                    [.. Enumerable.Range(0, models).Where(other => other != model && inside[other, record] == member).Select(other => confidences[other, record])];
                double[] learned = Others(true), never = Others(false);
                if (learned.Length >= LeastShadows && never.Length >= LeastShadows)
                    targets.Add(new LiraTarget(confidences[model, record], inside[model, record], learned, never));
            }
        }
        return Attack(targets, variance);
    }

    /// <summary>The attack in five figures: its accuracy at a likelihood ratio of 1, and the four of its curve.</summary>
    /// <param name="subject">On which models: one of <see cref="Subjects"/>.</param>
    public IReadOnlyList<Measurement> Measurements(string subject) =>
        [new("u-lira: balanced accuracy (chance: 0.5)", subject, Accuracy, "gold", Directions.EqualToGold), .. Roc.Measurements("u-lira", subject)];

    /// <summary>Whether the attack on the original differs from the attack on gold by more than the draw of the records explains.</summary>
    /// <param name="gold">The same attack on gold models.</param>
    /// <param name="alpha">Two-sided level, strictly between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level lies outside its range.</exception>
    public Power PowerAgainst(ULira gold, double alpha = Power.Alpha)
    {
        ArgumentNullException.ThrowIfNull(gold);
        var error = Math.Sqrt(AccuracyStandardError * AccuracyStandardError + gold.AccuracyStandardError * gold.AccuracyStandardError);
        return Power.OfDifference(Accuracy, gold.Accuracy, error, alpha);
    }

    private static double Score(double target, ReadOnlySpan<double> inside, ReadOnlySpan<double> outside, double insideDeviation, double outsideDeviation)
    {
        if (!double.IsFinite(target)) throw new ArgumentException($"A confidence is {target}.", nameof(target));
        return LogNormal(target, Statistics.Median(inside), insideDeviation) - LogNormal(target, Statistics.Median(outside), outsideDeviation);
    }

    /// <summary>ln N(x; μ, σ) without the constant, which cancels.</summary>
    private static double LogNormal(double x, double centre, double deviation)
    {
        var z = (x - centre) / deviation;
        return -z * z / 2 - Math.Log(deviation);
    }

    /// <summary>√ of the mean variance of the records, each about its own mean.</summary>
    private static double Pooled(IReadOnlyList<LiraTarget> targets, Func<LiraTarget, double[]> shadows) =>
        Math.Max(LeastDeviation, Math.Sqrt(targets.Average(target => Math.Pow(Deviation(shadows(target)), 2))));

    /// <summary>Standard deviation with n in the denominator, as in the source.</summary>
    private static double Deviation(ReadOnlySpan<double> confidences)
    {
        if (confidences.Length < LeastShadows)
            throw new ArgumentException($"A record needs at least {LeastShadows} shadow models that learned it and {LeastShadows} that did not; one kind has {confidences.Length}.");
        double mean = Statistics.Mean(confidences), square = 0;
        if (!double.IsFinite(mean)) throw new ArgumentException("A confidence of a shadow model is no finite number.");
        foreach (var confidence in confidences) square += (confidence - mean) * (confidence - mean);
        return Math.Max(LeastDeviation, Math.Sqrt(square / confidences.Length));
    }
}

/// <summary>A record under an attacked model, with the shadow models that judge it.</summary>
/// <param name="Confidence">φ under the attacked model.</param>
/// <param name="Member">Whether that model learned (and forgot) the record.</param>
/// <param name="In">φ under shadow models that learned and forgot it, by the same method with the same options.</param>
/// <param name="Out">φ under shadow models that never saw it.</param>
public sealed record LiraTarget(double Confidence, bool Member, double[] In, double[] Out);

/// <summary>Whose standard deviations a <see cref="ULira"/> attack uses.</summary>
public enum LiraVariance
{
    /// <summary>Each record's own.</summary>
    PerRecord,

    /// <summary>One for all records, the root of their mean variance.</summary>
    Pooled,
}
