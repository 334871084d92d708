using Lethe.Core.Records;
using Lethe.Operations;
using Lethe.Training.Training;

namespace Lethe.Tests.Operations;

public sealed class InfluenceRowTests
{
    private static readonly MeasuredModel[] s_golds = [Model(1.9f, 2.1f), Model(2.1f, 2.2f), Model(1.8f, 1.9f)];

    [Fact]
    public void Half_of_the_influence_was_removed()
    {
        var row = InfluenceRow.Of(Model(0, 0), Model(1, 1), s_golds)!;
        Assert.True(row.HasPower);
        Assert.Equal(0.5, row.Unlearned!.Value, 6);
        Assert.Equal((0, 1, 3), (row.Original, Math.Round(row.Gold!.Mean, 9), row.Gold.Models));
        Assert.InRange(row.Gold.StandardDeviation!.Value, 0.05, 0.2);
        Assert.Contains(MeasureTable.Closeness(Model(0, 0), Model(1, 1), s_golds), other => other.Name == row.Name);
    }

    [Fact]
    public void Without_power_or_the_originals_answers_there_is_no_figure()
    {
        var row = InfluenceRow.Of(Model(2, 2), Model(1, 1), s_golds)!;
        Assert.False(row.HasPower);
        Assert.True(row.Unlearned is null && row.Original is null && row.Gold is null);
        Assert.Null(InfluenceRow.Of(null, Model(1, 1), s_golds));
        Assert.Null(InfluenceRow.Of(Model(0, 0) with { View = null }, Model(1, 1), s_golds));
        Assert.Null(InfluenceRow.Of(Model(0, 0), Model(1, 1), s_golds[..1]));
    }

    private static MeasuredModel Model(params float[] losses)
    {
        int[] labels = new int[losses.Length];
        var probabilities = new float[losses.Length, 2];
        for (int i = 0; i < losses.Length; i++)
            (probabilities[i, 0], probabilities[i, 1]) = (MathF.Exp(-losses[i]), 1 - MathF.Exp(-losses[i]));
        var answers = new EvaluationResult(0, losses, labels, probabilities, labels);
        var aggregates = new ModelAggregates { Model = Digest.OfText("model"), RetainedAccuracy = 1, RetainedLoss = 0, ForgottenAccuracy = 1, ForgottenLoss = 0 };
        return new MeasuredModel(aggregates, new ModelView(null, answers, answers, new HashSet<int>()));
    }
}
