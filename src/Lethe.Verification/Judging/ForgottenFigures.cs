using System.Globalization;
using Lethe.Core.Numerics;
using Lethe.Core.Verdicts;
using Lethe.Training.Training;

namespace Lethe.Verification;

/// <summary>The figures of one model on the forgotten records that a verdict tests; each is an aggregate and outlives the model.</summary>
public static class ForgottenFigures
{
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
            [VerdictMeasures.ForgottenConfidence] = Confidence(forgotten),
        };
        if (unseen is { Labels.Length: > 0 } && forgotten.Labels.Length > 0)
            figures[VerdictMeasures.MembershipLoss] = Membership(forgotten, unseen);
        return figures;
    }

    /// <summary>Figures of a model that was relearnt for some steps.</summary>
    /// <param name="forgotten">What it says of the forgotten records.</param>
    public static IReadOnlyDictionary<string, double> Relearned(EvaluationResult forgotten) =>
        Again(forgotten, VerdictMeasures.RelearnedLoss, VerdictMeasures.RelearnedAccuracy);

    /// <summary>Figures of a model whose weights were rounded to eight bits.</summary>
    /// <param name="forgotten">What it says of the forgotten records.</param>
    public static IReadOnlyDictionary<string, double> Rounded(EvaluationResult forgotten) =>
        Again(forgotten, VerdictMeasures.RoundedLoss, VerdictMeasures.RoundedAccuracy);

    /// <summary>Area under the curve of the attack that takes a low loss for membership; 0.5 is chance, NaN where a loss is no number.</summary>
    /// <param name="members">What a model says of members.</param>
    /// <param name="others">What it says of others.</param>
    public static double Membership(EvaluationResult members, EvaluationResult others)
    {
        ArgumentNullException.ThrowIfNull(members);
        ArgumentNullException.ThrowIfNull(others);
        return Array.Exists(members.Losses, float.IsNaN) || Array.Exists(others.Losses, float.IsNaN)
            ? double.NaN
            : RocCurve.Of(Scores(members), Scores(others)).Auc;
    }

    /// <summary>One figure of all models as a test.</summary>
    /// <param name="name">One of <see cref="VerdictMeasures"/>.</param>
    /// <param name="original">The untouched model's figures; null or without the name: unknown.</param>
    /// <param name="candidate">The judged model's figures.</param>
    /// <param name="golds">Those of each gold model.</param>
    /// <param name="records">How many records were forgotten.</param>
    /// <param name="policy">The policy, whose steps of relearning the definition names.</param>
    public static JudgedMeasure Test(
        string name, IReadOnlyDictionary<string, double>? original, IReadOnlyDictionary<string, double> candidate,
        IReadOnlyList<IReadOnlyDictionary<string, double>> golds, int records, VerificationPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentNullException.ThrowIfNull(policy);
        return new JudgedMeasure
        {
            Name = name,
            Definition = Define(name, policy),
            Original = original is not null && original.TryGetValue(name, out var value) ? value : null,
            Candidate = candidate[name],
            Golds = [.. golds.Select(gold => gold[name])],
            Resolution = IsShare(name) ? 1.0 / Math.Max(1, records) : 0,
            IsRetest = IsRetest(name),
        };
    }

    private static bool IsShare(string name) =>
        name is VerdictMeasures.ForgottenAccuracy or VerdictMeasures.RelearnedAccuracy or VerdictMeasures.RoundedAccuracy
        || name.StartsWith("membership-", StringComparison.Ordinal);

    private static bool IsRetest(string name) =>
        name is VerdictMeasures.RelearnedLoss or VerdictMeasures.RelearnedAccuracy or VerdictMeasures.RoundedLoss or VerdictMeasures.RoundedAccuracy;

    private static string Define(string name, VerificationPolicy policy)
    {
        var relearned = string.Create(CultureInfo.InvariantCulture, $"after {policy.RelearnSteps} steps of relearning them (Adam {RelearnTime.LearningRate}, batches of {Relearning.BatchSize})");
        const string rounded = "after the weights were rounded to eight bits (symmetric, a scale for each output channel)";
        return name switch
        {
            VerdictMeasures.ForgottenAccuracy => "Top-1 accuracy on the forgotten records.",
            VerdictMeasures.ForgottenLoss => "Mean cross-entropy of the forgotten records, in nats.",
            VerdictMeasures.ForgottenConfidence => "Mean logit-scaled confidence ln(p / (1 − p)) in the true class of the forgotten records.",
            VerdictMeasures.MembershipLoss => "Area under the ROC curve of the attack that takes a low loss for membership, forgotten against unseen records.",
            VerdictMeasures.RelearnedLoss => $"Mean cross-entropy of the forgotten records {relearned}, in nats.",
            VerdictMeasures.RelearnedAccuracy => $"Top-1 accuracy on the forgotten records {relearned}.",
            VerdictMeasures.RoundedLoss => $"Mean cross-entropy of the forgotten records {rounded}, in nats.",
            VerdictMeasures.RoundedAccuracy => $"Top-1 accuracy on the forgotten records {rounded}.",
            _ => throw new ArgumentException($"'{name}' is no figure of a single model.", nameof(name)),
        };
    }

    private static SortedDictionary<string, double> Again(EvaluationResult forgotten, string loss, string accuracy)
    {
        ArgumentNullException.ThrowIfNull(forgotten);
        return new(StringComparer.Ordinal) { [loss] = forgotten.MeanLoss, [accuracy] = forgotten.Accuracy };
    }

    private static double Confidence(EvaluationResult result)
    {
        var confidences = new double[result.Labels.Length];
        for (var record = 0; record < confidences.Length; record++)
        {
            var others = 0.0;
            for (var c = 0; c < result.Probabilities.GetLength(1); c++)
                if (c != result.Labels[record]) others += result.Probabilities[record, c];
            confidences[record] = Math.Log(result.Probabilities[record, result.Labels[record]] + 1e-45) - Math.Log(others + 1e-45);
        }
        return Statistics.Mean(confidences);
    }

    private static double[] Scores(EvaluationResult result) => Array.ConvertAll(result.Losses, loss => -(double)loss);
}
