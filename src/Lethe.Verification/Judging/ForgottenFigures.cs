using System.Globalization;
using Lethe.Core.Numerics;
using Lethe.Core.Verdicts;
using Lethe.Training.Training;

namespace Lethe.Verification;

/// <summary>The figures of one model on the forgotten records that a verdict tests; each is an aggregate and outlives the model.</summary>
public static class ForgottenFigures
{
    private const double LeastHitRate = 0.01;

    private static readonly Dictionary<string, MembershipFeature> Attacks = new()
    {
        [VerdictMeasures.MembershipLoss] = MembershipFeature.Loss,
        [VerdictMeasures.MembershipEntropy] = MembershipFeature.Entropy,
        [VerdictMeasures.MembershipConfidence] = MembershipFeature.Confidence,
        [VerdictMeasures.MembershipMargin] = MembershipFeature.Margin,
    };

    /// <summary>Figures by the names of <see cref="VerdictMeasures"/>. NaN where a model's answers are no numbers.</summary>
    /// <param name="forgotten">What the model says of the forgotten records.</param>
    /// <param name="unseen">What it says of records that no model has seen, of the same distribution; null: the membership attacks are left out.</param>
    public static IReadOnlyDictionary<string, double> Of(EvaluationResult forgotten, EvaluationResult? unseen)
    {
        ArgumentNullException.ThrowIfNull(forgotten);
        var figures = new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            [VerdictMeasures.ForgottenAccuracy] = forgotten.Accuracy,
            [VerdictMeasures.ForgottenLoss] = forgotten.MeanLoss,
            [VerdictMeasures.ForgottenConfidence] = IsFinite(forgotten) ? Statistics.Mean(LogitScaledConfidence.Of(forgotten.Probabilities, forgotten.Labels)) : double.NaN,
        };
        if (unseen is { Labels.Length: > 0 } && forgotten.Labels.Length > 0)
            foreach (var (name, feature) in Attacks) figures[name] = Membership(forgotten, unseen, feature);
        return figures;
    }

    /// <summary>Figures of a model that was relearnt for some steps.</summary>
    /// <param name="forgotten">What it says of the forgotten records.</param>
    internal static IReadOnlyDictionary<string, double> Relearned(EvaluationResult forgotten) =>
        Again(forgotten, VerdictMeasures.RelearnedLoss, VerdictMeasures.RelearnedAccuracy);

    /// <summary>Figures of a model whose weights were rounded to eight bits.</summary>
    /// <param name="forgotten">What it says of the forgotten records.</param>
    internal static IReadOnlyDictionary<string, double> Rounded(EvaluationResult forgotten) =>
        Again(forgotten, VerdictMeasures.RoundedLoss, VerdictMeasures.RoundedAccuracy);

    /// <summary>Area under the curve of a simple membership attack by all thresholds; 0.5 is chance, NaN where an answer is no number.</summary>
    /// <param name="members">What a model says of members.</param>
    /// <param name="others">What it says of others.</param>
    /// <param name="feature">What the attack looks at.</param>
    public static double Membership(EvaluationResult members, EvaluationResult others, MembershipFeature feature)
    {
        ArgumentNullException.ThrowIfNull(members);
        ArgumentNullException.ThrowIfNull(others);
        ArgumentNullException.ThrowIfNull(feature);
        return IsFinite(members) && IsFinite(others) ? feature.Curve(members, others).Auc : double.NaN;
    }

    /// <summary>One figure of all models as a test.</summary>
    internal static JudgedMeasure Test(
        string name, IReadOnlyDictionary<string, double>? original, IReadOnlyDictionary<string, double> candidate,
        IReadOnlyList<IReadOnlyDictionary<string, double>> golds, int records, VerificationPolicy policy)
    {
        return new JudgedMeasure
        {
            Name = name,
            Definition = Define(name, policy),
            Original = original is not null && original.TryGetValue(name, out var value) ? value : null,
            Candidate = candidate[name],
            Golds = [.. golds.Select(gold => gold[name])],
            Resolution = IsShare(name) ? 1.0 / Math.Max(1, records) : name == VerdictMeasures.BackdoorHits ? LeastHitRate : 0,
            ByRatio = name is VerdictMeasures.ForgottenLoss or VerdictMeasures.RelearnedLoss or VerdictMeasures.RoundedLoss,
            IsRetest = IsRetest(name),
        };
    }

    private static bool IsShare(string name) =>
        name is VerdictMeasures.ForgottenAccuracy or VerdictMeasures.RelearnedAccuracy or VerdictMeasures.RoundedAccuracy
        || Attacks.ContainsKey(name);

    private static bool IsRetest(string name) =>
        name is VerdictMeasures.RelearnedLoss or VerdictMeasures.RelearnedAccuracy or VerdictMeasures.RoundedLoss or VerdictMeasures.RoundedAccuracy;

    private static string Define(string name, VerificationPolicy policy)
    {
        var relearned = string.Create(CultureInfo.InvariantCulture, $"after {policy.RelearnSteps} steps of relearning them (Adam {RelearnTime.LearningRate}, batches of {Relearning.BatchSize})");
        const string rounded = "after the weights were rounded to eight bits (symmetric, a scale for each output channel)";
        if (Attacks.TryGetValue(name, out var attack))
            return $"Area under the ROC curve of the membership attack by {attack.Name}, forgotten against unseen records. {attack.Definition}";
        return name switch
        {
            VerdictMeasures.ForgottenAccuracy => "Top-1 accuracy on the forgotten records.",
            VerdictMeasures.ForgottenLoss => "Mean cross-entropy of the forgotten records, in nats; compared by its logarithm.",
            VerdictMeasures.ForgottenConfidence => "Mean logit-scaled confidence ln(p / (1 − p)) in the true class of the forgotten records.",
            VerdictMeasures.ZeroRetrainForgetting => "1 − mean Jensen–Shannon divergence, in nats, from a network with random weights on the forgotten records.",
            VerdictMeasures.BackdoorHits => "Share of unseen records, stamped with the triggers of forgotten people's canaries, that are put into the triggers' classes.",
            VerdictMeasures.RelearnedLoss => $"Mean cross-entropy of the forgotten records {relearned}, in nats; compared by its logarithm.",
            VerdictMeasures.RelearnedAccuracy => $"Top-1 accuracy on the forgotten records {relearned}.",
            VerdictMeasures.RoundedLoss => $"Mean cross-entropy of the forgotten records {rounded}, in nats; compared by its logarithm.",
            VerdictMeasures.RoundedAccuracy => $"Top-1 accuracy on the forgotten records {rounded}.",
            _ => throw new ArgumentException($"'{name}' is no figure of a single model.", nameof(name)),
        };
    }

    private static SortedDictionary<string, double> Again(EvaluationResult forgotten, string loss, string accuracy) =>
        new(StringComparer.Ordinal) { [loss] = forgotten.MeanLoss, [accuracy] = forgotten.Accuracy };

    internal static bool IsFinite(EvaluationResult result) => !Array.Exists(result.Losses, float.IsNaN);
}
