using Lethe.Core.Numerics;

namespace Lethe.Verification;

/// <summary>
/// U-LiRA (Hayes et al., arXiv 2403.01218): one likelihood-ratio attacker for each record. It asks whether a model's confidence φ in the
/// record looks like that of models that learned the record and then forgot it, or like that of models that never saw it; both are taken for
/// normal, with median and standard deviation over shadow models.
/// </summary>
public sealed class ULira
{
    /// <summary>Fewest shadow models of a kind that a record needs.</summary>
    public const int LeastShadows = 2;

    /// <summary>Smallest standard deviation of φ that is assumed; models that agree to the bit would make every ratio infinite.</summary>
    public const double LeastDeviation = 1e-6;

    private readonly double[,] _confidences;
    private readonly bool[,] _inside;

    /// <summary>An attacker with M shadow models.</summary>
    /// <param name="confidences">(M, N) φ of N records under them; NaN under a model whose answers are no numbers.</param>
    /// <param name="inside">(M, N) whether the model learned (and forgot) the record.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public ULira(double[,] confidences, bool[,] inside)
    {
        ArgumentNullException.ThrowIfNull(confidences);
        ArgumentNullException.ThrowIfNull(inside);
        RequireShape(confidences, inside);
        (_confidences, _inside) = (confidences, inside);
    }

    private int Models => _inside.GetLength(0);

    private int Records => _inside.GetLength(1);

    /// <summary>Attacks every shadow model with the help of all others.</summary>
    /// <exception cref="ArgumentException">A record has too few models of a kind.</exception>
    public MembershipScores LeaveOneOut() => LeaveOneOut(_confidences);

    /// <summary>Attacks other answers of the shadow models, such as those before they forgot; each with the help of all others.</summary>
    /// <param name="answers">(M, N) φ.</param>
    /// <exception cref="ArgumentException">The shapes differ, or a record has too few models of a kind.</exception>
    public MembershipScores LeaveOneOut(double[,] answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        RequireShape(answers, _inside);
        return MembershipScores.Of(
            [.. Enumerable.Range(0, Models).Select(model => Scores([.. Enumerable.Range(0, Records).Select(record => answers[model, record])], model))], _inside);
    }

    /// <summary>ln N(φ; in) − ln N(φ; out) of each record under one model; NaN where its φ or one of a shadow model is none.</summary>
    /// <param name="confidences">(N) φ under the attacked model.</param>
    /// <param name="leftOut">The shadow model that does not help, because it is the attacked one; null: all help.</param>
    /// <exception cref="ArgumentException">The length differs, or a record has too few models of a kind.</exception>
    public double[] Scores(IReadOnlyList<double> confidences, int? leftOut = null)
    {
        ArgumentNullException.ThrowIfNull(confidences);
        ClassAccuracy.RequireSameLength(confidences.Count, Records);
        return
        [
            .. Enumerable.Range(0, Records).Select(record =>
            {
                double[] inside = Of(true), outside = Of(false);
                return double.IsNaN(confidences[record]) || inside.Any(double.IsNaN) || outside.Any(double.IsNaN) ? double.NaN : Score(confidences[record], inside, outside);

                double[] Of(bool member) =>
                    [.. Enumerable.Range(0, Models).Where(model => model != leftOut && _inside[model, record] == member).Select(model => _confidences[model, record])];
            }),
        ];
    }

    /// <summary>ln N(φ; in) − ln N(φ; out): positive where the record looks learned-then-forgotten.</summary>
    /// <param name="target">φ of the record under the attacked model.</param>
    /// <param name="inside">φ under at least two models that learned and forgot the record.</param>
    /// <param name="outside">φ under at least two models that never saw it.</param>
    /// <exception cref="ArgumentException">There are too few models, or a confidence is no finite number.</exception>
    public static double Score(double target, ReadOnlySpan<double> inside, ReadOnlySpan<double> outside)
    {
        if (!double.IsFinite(target)) throw new ArgumentException($"A confidence is {target}.", nameof(target));
        return LogNormal(target, Statistics.Median(inside), Deviation(inside)) - LogNormal(target, Statistics.Median(outside), Deviation(outside));
    }

    /// <summary>ln N(x; μ, σ) without the constant, which cancels.</summary>
    private static double LogNormal(double x, double centre, double deviation)
    {
        var z = (x - centre) / deviation;
        return -z * z / 2 - Math.Log(deviation);
    }

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

    private static void RequireShape(double[,] confidences, bool[,] inside)
    {
        if (confidences.GetLength(0) != inside.GetLength(0) || confidences.GetLength(1) != inside.GetLength(1))
            throw new ArgumentException($"Confidences are ({confidences.GetLength(0)}, {confidences.GetLength(1)}), memberships ({inside.GetLength(0)}, {inside.GetLength(1)}).", nameof(confidences));
    }
}
