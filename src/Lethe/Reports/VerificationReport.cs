using System.Text.Json.Serialization;
using Lethe.Core.Verdicts;

namespace Lethe.Reports;

/// <summary>Everything that a verification page shows: aggregates and counts, nothing of a single forgotten record.</summary>
internal sealed record VerificationReport
{
    /// <summary>The version of the form of <c>verification.json</c>.</summary>
    public int SchemaVersion { get; init; } = 1;

    public required Verdict Verdict { get; init; }

    /// <summary>The data, the model, the recipe and the machine.</summary>
    public IReadOnlyList<Fact> Setting { get; init; } = [];

    /// <summary>Accuracies, losses and closeness to gold, which inform without deciding.</summary>
    public IReadOnlyList<Comparison> Measures { get; init; } = [];

    /// <summary>Scores of attacks on forgotten and on unseen records, one entry an attack.</summary>
    public IReadOnlyList<ScoreComparison> Scores { get; init; } = [];

    /// <summary>What the secret triggers of forgotten people say.</summary>
    public IReadOnlyList<TriggerFigures> Triggers { get; init; } = [];

    /// <summary>Accuracy on unseen records by class; null without unseen records.</summary>
    public ClassTable? Classes { get; init; }

    /// <summary>What the judged model holds of each block; null for runs without blocks.</summary>
    public MemoryCurve? Memory { get; init; }

    /// <summary>What moves the answer for some records of the forgotten records' classes. They are no part of <c>verification.json</c>.</summary>
    [JsonIgnore]
    public IReadOnlyList<GradientRow> Gradients { get; init; } = [];

    /// <summary>Limits and caveats that a reader must know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>One attack on the models.</summary>
/// <param name="Name">The score, such as "logit-scaled confidence".</param>
/// <param name="Explanation">What it is and which direction means membership.</param>
/// <param name="Models">The distributions, original first; a model that was not measured is missing.</param>
internal sealed record ScoreComparison(string Name, string Explanation, IReadOnlyList<ModelScores> Models)
{
    /// <summary>What the forgotten records are compared with.</summary>
    public string Against { get; init; } = "unseen records";
}

/// <summary>The scores under one model.</summary>
/// <param name="Model">original, unlearned or gold.</param>
/// <param name="Scores">The distribution; for gold over all gold models together.</param>
internal sealed record ModelScores(string Model, ScoreDistribution Scores);

/// <summary>One forgotten person's trigger: measured rates, and the power of the test over numbers of queries.</summary>
/// <param name="Before">Hits of the model before.</param>
/// <param name="After">Hits of the judged model.</param>
/// <param name="WithData">p that the test rests on, in [0, 1].</param>
/// <param name="WithoutData">q that it rests on, in [0, 1].</param>
/// <param name="Alpha">Its level.</param>
/// <param name="Queries">n.</param>
/// <param name="Threshold">More hits than that: not deleted.</param>
/// <param name="Rho">Its power ρ(α, n).</param>
/// <param name="Outcome">What the hits say, in words.</param>
/// <param name="Power">ρ over numbers of queries.</param>
internal sealed record TriggerFigures(
    HitRate Before, HitRate After, double WithData, double WithoutData, double Alpha, int Queries, int Threshold, double Rho, string Outcome, IReadOnlyList<PowerPoint> Power);

/// <summary>One point of a power curve.</summary>
/// <param name="Queries">n, at least 1.</param>
/// <param name="Rho">The power, in [0, 1].</param>
internal sealed record PowerPoint(int Queries, double Rho);

/// <summary>Accuracy on unseen records of each class, in [0, 1].</summary>
/// <param name="Rows">One entry a class with unseen records.</param>
internal sealed record ClassTable(IReadOnlyList<ClassRow> Rows);

/// <summary>One class.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Forgotten">How many of its records the request forgot.</param>
/// <param name="Original">The model before; null where it was not measured.</param>
/// <param name="Unlearned">The judged model.</param>
/// <param name="Gold">Mean of the gold models; null without any.</param>
internal sealed record ClassRow(string Name, int Forgotten, double? Original, double Unlearned, double? Gold);

/// <summary>One unseen record, and what moves each model's answer for its class.</summary>
/// <param name="Record">The record itself.</param>
/// <param name="Maps">The record with each model's input gradient over it, named by the model.</param>
internal sealed record GradientRow(RecordPicture Record, IReadOnlyList<RecordPicture> Maps);
