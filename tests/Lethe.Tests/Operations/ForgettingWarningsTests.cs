using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Operations;

namespace Lethe.Tests.Operations;

public sealed class ForgettingWarningsTests
{
    [Theory]
    [InlineData(0.87, 0.11, 0.9, 0.0, Guarantee.Heuristic, "damaged")]
    [InlineData(0.87, 0.86, 0.9, 0.9, Guarantee.Heuristic, "Nothing shows")]
    [InlineData(0.87, 0.86, 0.9, 0.9, Guarantee.Exact, null)]
    [InlineData(0.87, 0.86, 0.9, 0.5, Guarantee.Heuristic, null)]
    public void Damage_and_idle_methods_are_named(
        double retainedBefore, double retainedAfter, double forgottenBefore, double forgottenAfter, Guarantee guarantee, string? word)
    {
        var record = new ForgettingRecord
        {
            Request = "r",
            Method = "unsir",
            Guarantee = guarantee,
            Records = 5,
            Cost = CostAccount.Zero,
            Retraining = new CostEstimate(1, 1, 1),
            Resuming = new CostEstimate(1, 1, 1),
            Before = Digest.OfText("before"),
            After = Digest.OfText("after"),
            Destroyed = [],
            Measured = Model(retainedAfter, forgottenAfter),
        };
        var warnings = ForgettingWarnings.Of(record, Model(retainedBefore, forgottenBefore), waits: false);
        if (word is null) Assert.Empty(warnings);
        else Assert.Contains(word, Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Empty(ForgettingWarnings.Of(record, null, waits: false));
    }

    private static ModelAggregates Model(double retained, double forgotten) => new()
    {
        Model = Digest.OfText("model"),
        RetainedAccuracy = retained,
        RetainedLoss = 1,
        ForgottenAccuracy = forgotten,
        ForgottenLoss = 1 - forgotten,
    };
}
