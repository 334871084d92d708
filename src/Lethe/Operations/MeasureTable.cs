using Lethe.Reports;
using Lethe.Training.Training;
using Lethe.Verification;

namespace Lethe.Operations;

/// <summary>One model in a table: its aggregates, and, while it exists, its answers and weights.</summary>
internal sealed record MeasuredModel(ModelAggregates Aggregates, ModelView? View = null, StateDict? State = null);

/// <summary>Puts original, unlearned and gold side by side, each measure with definition, reference and direction.</summary>
internal static class MeasureTable
{
    private const string EqualsGold = "equals gold within its spread";
    private const string NoMusName = "NoMUS";

    public static IReadOnlyList<Comparison> Accuracies(ModelAggregates? original, ModelAggregates? unlearned, IReadOnlyList<ModelAggregates> golds) =>
    [
        .. new[]
        {
            Row(unlearned?.GoneClassAccuracy is null ? "accuracy on unseen records" : "accuracy on unseen records of kept classes", "Top-1 accuracy on the test data of all classes of which records stay.", FigureFormat.Percent, model => model.TestAccuracy, original, unlearned, golds),
            Row("accuracy on unseen records of forgotten classes", "Top-1 accuracy on the test data of the classes of which no record stays.", FigureFormat.Percent, model => model.GoneClassAccuracy, original, unlearned, golds),
            Row("accuracy on retained records", "Top-1 accuracy on a fixed sample of at most 10,000 records that stay.", FigureFormat.Percent, model => model.RetainedAccuracy, original, unlearned, golds),
            Row("accuracy on forgotten records", "Top-1 accuracy on the records of the request.", FigureFormat.Percent, model => model.ForgottenAccuracy, original, unlearned, golds),
        }.Where(HasFigure),
    ];

    public static IReadOnlyList<Comparison> Losses(ModelAggregates? original, ModelAggregates? unlearned, IReadOnlyList<ModelAggregates> golds) =>
    [
        .. new[]
        {
            Row("loss on forgotten records", "Mean cross-entropy in nats.", FigureFormat.Number, model => model.ForgottenLoss, original, unlearned, golds),
            Row("membership attack by loss", "Logistic regression on the loss, forgotten against unseen records (of the same classes where whole classes went), five folds: |accuracy − 0.5|. The verdict's membership-loss is the area under the curve of this attack with one threshold.", FigureFormat.Number, model => model.Membership, original, unlearned, golds),
            Row(NoMusName, "½ · accuracy on unseen records + ½ · (1 − 2 · membership attack by loss); forgives damage, so read it beside gold.", FigureFormat.Number, NoMusOf, original, unlearned, golds),
        }.Where(row => HasFigure(row) && (golds.Count > 0 || row.Name != NoMusName)),
    ];

    /// <summary>Closeness to gold, beside how close two gold models are to each other.</summary>
    public static IReadOnlyList<Comparison> Closeness(MeasuredModel? original, MeasuredModel unlearned, IReadOnlyList<MeasuredModel> golds)
    {
        var rows = new List<Comparison>
        {
            Pairwise("divergence from gold on forgotten records", "Mean Jensen–Shannon divergence of the softmax outputs, in nats.", "at most the noise floor", FigureFormat.Number, false, (a, b) => Divergence(a.View?.Forgotten, b.View?.Forgotten), original, unlearned, golds),
            Pairwise("distance from gold", "‖P − P_gold‖₂ / ‖P_gold‖₂ over all parameters.", "context only", FigureFormat.Number, false, Distance, original, unlearned, golds),
        };
        if (unlearned.View?.KeptTest is not null)
        {
            rows.Insert(0, Pairwise("agreement with gold on unseen records", "Share of test records that both models put into the same class.", "at least the noise floor", FigureFormat.Percent, true, Agreements, original, unlearned, golds));
            rows.Insert(1, Pairwise("divergence from gold on unseen records", "Mean Jensen–Shannon divergence of the softmax outputs, in nats.", "at most the noise floor", FigureFormat.Number, false, (a, b) => Divergence(a.View?.KeptTest, b.View?.KeptTest), original, unlearned, golds));
        }

        if (InfluenceRow.Of(original, unlearned, golds) is { } influence)
            rows.Add(influence);
        return rows;
    }

    private static Comparison Row(
        string name, string definition, FigureFormat format, Func<ModelAggregates, double?> figure,
        ModelAggregates? original, ModelAggregates? unlearned, IReadOnlyList<ModelAggregates> golds)
    {
        double[] values = [.. golds.Select(figure).OfType<double>()];
        double? before = original is null ? null : figure(original);
        var spread = GoldSpread.Of(values);
        return new Comparison(name, definition, EqualsGold, format)
        {
            Original = before,
            Unlearned = unlearned is null ? null : figure(unlearned),
            Gold = values.Length == 0 ? null : new Spread(values.Average(), spread?.StandardDeviation, values.Length),
            HasPower = before is { } value && spread is not null ? !spread.Contains(value) : null,
        };
    }

    private static Comparison Pairwise(
        string name, string definition, string direction, FigureFormat format, bool higherIsBetter,
        Func<MeasuredModel, MeasuredModel, double?> measure, MeasuredModel? original, MeasuredModel unlearned, IReadOnlyList<MeasuredModel> golds)
    {
        double? Mean(MeasuredModel model) => golds.Select(gold => measure(model, gold)).OfType<double>().Select(value => (double?)value).Average();
        double[] floors = [.. golds.SelectMany((left, i) => golds.Skip(i + 1).Select(right => measure(left, right))).OfType<double>()];
        double? before = original is null ? null : Mean(original);
        return new Comparison(name, definition, direction, format)
        {
            Original = before,
            Unlearned = Mean(unlearned),
            NoiseFloor = floors.Length == 0 ? null : floors.Average(),
            HasPower = before is not { } value || floors.Length == 0 ? null : higherIsBetter ? value < floors.Min() : value > floors.Max(),
        };
    }

    private static double? NoMusOf(ModelAggregates model) =>
        model is { TestAccuracy: { } accuracy, Membership: { } distance } ? NoMus.Of(accuracy, 0.5 + distance) : null;

    private static bool HasFigure(Comparison row) => row.Original is not null || row.Unlearned is not null || row.Gold is not null;

    private static double? Agreements(MeasuredModel left, MeasuredModel right) =>
        left.View?.KeptTest is { } a && right.View?.KeptTest is { } b ? Agreement.Between(a.Predictions, b.Predictions) : null;

    private static double? Divergence(EvaluationResult? left, EvaluationResult? right) =>
        left is null || right is null ? null : PredictionDivergence.Mean(left.Probabilities, right.Probabilities);

    private static double? Distance(MeasuredModel left, MeasuredModel right) =>
        left.State is { } a && right.State is { } b ? ParameterDistance.Between(Parameters(a), Parameters(b)).RelativeL2 : null;

    private static Dictionary<string, float[]> Parameters(StateDict state) => state.ParameterNames.ToDictionary(name => name, state.Values);
}
