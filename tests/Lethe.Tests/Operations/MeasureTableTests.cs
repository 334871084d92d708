using Lethe.Core.Records;
using Lethe.Operations;

namespace Lethe.Tests.Operations;

public sealed class MeasureTableTests
{
    [Fact]
    public void A_measure_has_power_where_the_original_lies_outside_golds_spread()
    {
        ModelAggregates[] golds = [Model(0.90), Model(0.91), Model(0.92)];
        var told = Accuracy(MeasureTable.Accuracies(Model(0.99), Model(0.91), golds));
        var same = Accuracy(MeasureTable.Accuracies(Model(0.915), Model(0.91), golds));
        Assert.True(told.HasPower);
        Assert.False(same.HasPower);
        Assert.Equal(0.91, told.Gold!.Mean, 12);
        Assert.Equal(3, told.Gold.Models);
    }

    [Fact]
    public void One_gold_model_has_no_spread_and_says_nothing_about_power()
    {
        var row = Accuracy(MeasureTable.Accuracies(Model(0.99), Model(0.91), [Model(0.90)]));
        Assert.Null(row.HasPower);
        Assert.Null(row.Gold!.StandardDeviation);
    }

    [Fact]
    public void What_nobody_measured_has_no_row() =>
        Assert.DoesNotContain(MeasureTable.Accuracies(Model(0.9), null, []), row => row.Name.Contains("unseen", StringComparison.Ordinal));

    private static Lethe.Reports.Comparison Accuracy(IReadOnlyList<Lethe.Reports.Comparison> rows) =>
        rows.Single(row => row.Name == "accuracy on forgotten records");

    private static ModelAggregates Model(double forgotten) => new()
    {
        Model = Digest.OfText("model"),
        RetainedAccuracy = 0.95,
        RetainedLoss = 0.1,
        ForgottenAccuracy = forgotten,
        ForgottenLoss = 0.2,
    };
}
