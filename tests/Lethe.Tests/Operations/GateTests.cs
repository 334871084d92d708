using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Operations;

namespace Lethe.Tests.Operations;

public sealed class GateTests
{
    [Theory]
    [InlineData(0.9, 0.9, 1.0, 0.5, 0.4, Guarantee.Heuristic, null)]
    [InlineData(0.9, 0.7, 1.0, 0.5, 0.4, Guarantee.Heuristic, "damaged")]
    [InlineData(0.9, 0.7, 1.0, 0.5, 0.4, Guarantee.Exact, null)]
    [InlineData(0.9, 0.86, 1.0, 0.5, 0.4, Guarantee.Approximate, null)]
    [InlineData(0.9, 0.9, 1.0, 1.0, 0.40001, Guarantee.Approximate, "Nothing seems")]
    [InlineData(0.9, 0.9, 1.0, 1.0, 0.40001, Guarantee.Exact, null)]
    public void Damage_and_unchanged_losses_are_found(
        double retainedBefore, double retainedAfter, double forgottenBefore, double forgottenAfter, double lossAfter, Guarantee guarantee, string? word)
    {
        var outcome = ForgettingGate.Judge(Record(guarantee, "after") with { Measured = Model(retainedAfter, forgottenAfter, lossAfter) }, Model(retainedBefore, forgottenBefore, 0.4), 0.05);
        Assert.True(outcome.Measured);
        Assert.Equal(word is null, outcome.Passed);
        Assert.Equal(word is not null, outcome.Complaints.Any(line => line.Contains(word ?? "", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_same_model_never_passes_and_few_records_may_fall_by_chance()
    {
        Assert.Contains("byte for byte", Assert.Single(ForgettingGate.Judge(Record(Guarantee.Exact, "before"), null, 0.05).Complaints), StringComparison.Ordinal);
        Assert.True(ForgettingGate.Judge(Record(Guarantee.Heuristic, "after"), null, 0.05).Passed);
        var few = Model(0.7, 0.5, 0.6) with { RetainedRecords = 20 };
        Assert.True(ForgettingGate.Judge(Record(Guarantee.Heuristic, "after") with { Measured = few }, Model(0.9, 1, 0.4), 0.05).Passed);
    }

    private static ForgettingRecord Record(Guarantee guarantee, string after) => new()
    {
        Request = "r",
        Method = "fine-tune",
        Guarantee = guarantee,
        Records = 5,
        Cost = CostAccount.Zero,
        Retraining = new CostEstimate(1, 1, 1),
        Resuming = new CostEstimate(1, 1, 1),
        Before = Digest.OfText("before"),
        After = Digest.OfText(after),
        Destroyed = [],
    };

    private static ModelAggregates Model(double retained, double forgotten, double loss) => new()
    {
        Model = Digest.OfText("model"),
        RetainedAccuracy = retained,
        RetainedRecords = 10_000,
        RetainedLoss = 1,
        ForgottenAccuracy = forgotten,
        ForgottenLoss = loss,
    };
}
