using Lethe.Core.Records;
using Lethe.Training.Training;
using Lethe.Verification;

namespace Lethe.Operations;

/// <summary>What one model says about three groups of records.</summary>
/// <param name="Test">Unseen records; null without test data.</param>
/// <param name="Retained">A sample of the retained records.</param>
/// <param name="Forgotten">The records of the request.</param>
/// <param name="GoneClasses">Classes of which no record stays; no model can be asked to know them.</param>
internal sealed record ModelView(EvaluationResult? Test, EvaluationResult Retained, EvaluationResult Forgotten, IReadOnlySet<int> GoneClasses)
{
    /// <summary>The figures that a verdict tests, by name; empty where no verdict follows.</summary>
    public IReadOnlyDictionary<string, double> Figures { get; init; } = new Dictionary<string, double>();

    /// <summary>Steps of relearning behind some of them.</summary>
    public int RelearnSteps { get; init; }

    /// <summary>The unseen records of classes that stay; null where there are none.</summary>
    public EvaluationResult? KeptTest { get; } = Part(Test, label => !GoneClasses.Contains(label));

    /// <summary>The unseen records of classes that are gone; null where there are none.</summary>
    public EvaluationResult? GoneTest { get; } = Part(Test, GoneClasses.Contains);

    public ModelAggregates Aggregate(Digest model, ulong seed) => new()
    {
        Model = model,
        TestAccuracy = KeptTest?.Accuracy,
        TestRecords = KeptTest?.Losses.Length,
        RetainedRecords = Retained.Losses.Length,
        TestLoss = KeptTest?.MeanLoss,
        GoneClassAccuracy = GoneTest?.Accuracy,
        RetainedAccuracy = Retained.Accuracy,
        RetainedLoss = Retained.MeanLoss,
        ForgottenAccuracy = Forgotten.Accuracy,
        ForgottenLoss = Forgotten.MeanLoss,
        Membership = Membership(seed),
        Figures = Figures,
        RelearnSteps = RelearnSteps,
        Scores = ScoreFigures.OfConfidence(Forgotten, Unseen),
        ClassAccuracies = Test is null ? null
            : [.. ClassAccuracy.ByClass(Test.Predictions, Test.Labels, Test.Probabilities.GetLength(1)).Select(share => double.IsNaN(share) ? (double?)null : share)],
    };

    /// <summary>Unseen records to compare the forgotten ones with: where whole classes went, those of these classes.</summary>
    public EvaluationResult? Unseen => GoneTest ?? KeptTest;

    /// <summary>
    /// The simple attack: forgotten records against as many unseen ones, where whole classes went against unseen ones of those classes, or it
    /// would only tell classes apart. Null where it cannot be run.
    /// </summary>
    private double? Membership(ulong seed) =>
        Unseen is { } unseen && Math.Min(Forgotten.Losses.Length, unseen.Losses.Length) >= MembershipInference.Folds
            ? MembershipInference.Attack(Forgotten.Losses, unseen.Losses, seed).ForgettingScore
            : null;

    private static EvaluationResult? Part(EvaluationResult? whole, Func<int, bool> keeps)
    {
        int[] rows = whole is null ? [] : [.. Enumerable.Range(0, whole.Labels.Length).Where(row => keeps(whole.Labels[row]))];
        if (whole is null || rows.Length == 0) return null;
        if (rows.Length == whole.Labels.Length) return whole;
        var classes = whole.Probabilities.GetLength(1);
        var probabilities = new float[rows.Length, classes];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int c = 0; c < classes; c++) probabilities[i, c] = whole.Probabilities[rows[i], c];
        }

        return new EvaluationResult(
            rows.Count(row => whole.Predictions[row] == whole.Labels[row]) / (double)rows.Length,
            [.. rows.Select(row => whole.Losses[row])],
            [.. rows.Select(row => whole.Predictions[row])],
            probabilities,
            [.. rows.Select(row => whole.Labels[row])]);
    }
}
