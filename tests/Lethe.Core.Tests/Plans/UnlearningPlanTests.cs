using Lethe.Core.Errors;
using Lethe.Core.Plans;

namespace Lethe.Core.Tests.Plans;

public class UnlearningPlanTests
{
    private static readonly UnlearningPlan s_plan = new()
    {
        Method = "deep-obliviate",
        RequestId = "r-1",
        Steps = [new("retrain block", 7, 3000), new("stitch", null, 0)],
        Estimate = new(3000, 1.5, 240_000),
        Retraining = new(300_000, null, 24_000_000),
        Guarantee = Guarantee.Approximate,
        FirstBlock = 7,
        LastBlock = 7,
        Options = new Dictionary<string, string> { ["stop"] = "fit", ["jump"] = "false" },
    };

    [Fact]
    public void Json_goes_both_ways_with_the_same_digest()
    {
        var copy = UnlearningPlan.FromJson(s_plan.ToJson());
        Assert.Equal(s_plan.ToJson(), copy.ToJson());
        Assert.Equal(s_plan.Digest, copy.Digest);
        Assert.Equal(s_plan.Steps, copy.Steps);
        Assert.Equal(s_plan.Estimate, copy.Estimate);
        Assert.Contains("\"guarantee\":\"approximate\"", s_plan.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void Digest_does_not_depend_on_the_order_of_options()
    {
        var other = s_plan with { Options = new Dictionary<string, string> { ["jump"] = "false", ["stop"] = "fit" } };
        Assert.Equal(s_plan.Digest, other.Digest);
        Assert.NotEqual(s_plan.Digest, (s_plan with { Refusal = "no" }).Digest);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    public void Broken_plans_are_refused(string json) => Assert.Throws<BadDataException>(() => UnlearningPlan.FromJson(json));

    [Fact]
    public void Costs_add_up() =>
        Assert.Equal(new CostAccount(11, 2.5, 33, 44), new CostAccount(1, 0.5, 3, 4) + new CostAccount(10, 2, 30, 40).Add(CostAccount.Zero));
}
