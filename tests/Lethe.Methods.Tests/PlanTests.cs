using Lethe.Core.Errors;
using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Core.Requests;
using Lethe.Methods.DeepObliviate;
using Lethe.Methods.Options;

namespace Lethe.Methods.Tests;

public sealed class PlanTests
{
    [Theory]
    [InlineData(StopMode.Floor, 1)]
    [InlineData(StopMode.Fit, 10)]
    [InlineData(StopMode.Dfa, 10)]
    public void Deep_obliviate_is_priced_at_its_earliest_stop(StopMode mode, int blocks)
    {
        using var fixture = SyntheticRun.Mlp();
        var plan = fixture.Plan("deep-obliviate", fixture.Request("r", 3, 2), MethodOptions.Of(("stop", mode.ToString())));
        Assert.Null(plan.Refusal);
        Assert.Equal((2, 2), (plan.FirstBlock, plan.LastBlock));
        Assert.Equal((blocks * 20 - 3) * 2, plan.Estimate.Samples);
        Assert.Equal((240 - 3) * 2, plan.Retraining.Samples);
        Assert.True(plan.Estimate.Seconds > 0 && plan.Estimate.Seconds < plan.Retraining.Seconds);
        Assert.Equal(blocks, plan.Steps.Count(step => step.Block is not null && step.Samples > 0));
    }

    [Fact]
    public void Jump_is_priced_without_the_gaps()
    {
        using var fixture = SyntheticRun.Mlp();
        var request = fixture.Request("r", 1, 2, 9);
        Assert.Equal(2 * 19 * 2, fixture.Plan("deep-obliviate", request, MethodOptions.Of(("jump", "true"))).Estimate.Samples);
        Assert.Equal((8 * 20 - 2) * 2, fixture.Plan("deep-obliviate", request).Estimate.Samples);
    }

    [Fact]
    public void Retrain_starts_at_the_checkpoint_before_or_from_scratch()
    {
        using var fixture = SyntheticRun.Mlp();
        var request = fixture.Request("r", 1, 5);
        Assert.Equal((8 * 20 - 1) * 2, fixture.Plan("retrain", request).Estimate.Samples);
        var scratch = fixture.Plan("retrain", request, MethodOptions.Of(("from-scratch", "true")));
        Assert.Equal(scratch.Retraining, scratch.Estimate with { BytesWritten = scratch.Retraining.BytesWritten });
    }

    [Fact]
    public void A_plan_survives_its_json_and_runs_from_it()
    {
        using var fixture = SyntheticRun.Mlp();
        var request = fixture.Request("r", 1, 5);
        var options = MethodOptions.Of(("jump", "true"), ("stop", "fit"), ("epsilon", "0.25"), ("min-blocks", "3"), ("patience", "2"));
        var plan = UnlearningPlan.FromJson(fixture.Plan("deep-obliviate", request, options).ToJson());
        Assert.All(options.Values, set => Assert.Equal(set.Value, plan.Options[set.Key]));
        using var result = MethodCatalog.Find(plan.Method).Execute(plan, request, fixture.Context(), TestContext.Current.CancellationToken);
        Assert.Equal(new StopOptions { Mode = StopMode.Fit, Epsilon = 0.25, Minimum = 3, Patience = 2 }, result.Trace!.Options);
    }

    [Fact]
    public void Options_that_do_not_parse_are_refused()
    {
        using var fixture = SyntheticRun.Mlp();
        var request = fixture.Request("r", 1, 5);
        void Refused(string method, string name, string value) =>
            Assert.Contains("--" + name, Assert.Throws<UsageException>(() => fixture.Plan(method, request, MethodOptions.Of((name, value)))).Message, StringComparison.Ordinal);
        Refused("deep-obliviate", "stop", "never");
        Refused("deep-obliviate", "stop", "1");
        Refused("deep-obliviate", "speed", "1");
        Refused("deep-obliviate", "epsilon", "0.1");
        Refused("deep-obliviate", "floor-factor", "-1");
        Refused("fine-tune", "epochs", "0");
        Refused("fine-tune", "lr", "fast");
        Refused("retrain", "epochs", "2");
        Assert.Throws<UsageException>(() => MethodCatalog.Find("magic"));
    }

    [Fact]
    public void A_record_that_does_not_exist_is_bad_data()
    {
        using var fixture = SyntheticRun.Mlp();
        RecordId[] records = [new(240)];
        var request = ForgetRequest.Create("r", new Selection.ByRecords(records), records, DateTimeOffset.UnixEpoch);
        var error = Assert.Throws<BadDataException>(() => fixture.Plan("retrain", request));
        Assert.Contains("0 to 239", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Forgetting_everything_is_refused()
    {
        using var fixture = SyntheticRun.Mlp();
        var request = fixture.Request("r", 20, [.. Enumerable.Range(1, SyntheticRun.Blocks)]);
        Assert.All(MethodCatalog.Names, method => Assert.NotNull(fixture.Plan(method, request).Refusal));
    }

    [Fact]
    public void An_emptied_block_is_noted_and_served()
    {
        using var fixture = SyntheticRun.Mlp();
        var request = fixture.Request("r", 20, 5);
        var plan = fixture.Plan("deep-obliviate", request);
        Assert.Contains(plan.Steps, step => step.Action.StartsWith("note:", StringComparison.Ordinal));
        using var result = fixture.Execute("deep-obliviate", request, MethodOptions.Of(("floor-factor", "1e9"), ("max-change", "1e9")));
        Assert.Equal(0, result.Cost.Samples);
    }
}
