using Lethe.Core.Plans;
using Lethe.Methods.DeepObliviate;
using Lethe.Methods.Options;

namespace Lethe.Methods.Tests;

/// <summary>What one request leaves for the next one.</summary>
public sealed class LaterRequestTests
{
    [Fact]
    public void After_fine_tuning_only_exact_retraining_can_serve_and_it_writes_all_checkpoints_again()
    {
        using var fixture = SyntheticRun.Mlp();
        using (var tuned = fixture.Execute("fine-tune", fixture.Request("a", 2, 5))) fixture.Run.Commit(tuned.NextIndex);
        fixture.Reopen();
        Assert.All(fixture.Run.Index.Checkpoints.Skip(5), Assert.Null);
        Assert.NotNull(fixture.Run.Index.Served);

        var next = fixture.Request("b", 1, 8);
        Assert.Contains("checkpoint 7", fixture.Plan("deep-obliviate", next).Refusal, StringComparison.Ordinal);
        using var exact = fixture.Execute("retrain", next);
        using var gold = fixture.Gold(exact.NextIndex.Deleted);
        Assert.Equal(gold.State.ToSafetensors(), exact.Candidate.ToSafetensors());
        Assert.All(exact.NextIndex.Checkpoints, digest => Assert.NotNull(digest));
    }

    [Fact]
    public void Retraining_after_a_stitch_resumes_from_an_exact_checkpoint()
    {
        using var fixture = SyntheticRun.Mlp();
        var atOnce = MethodOptions.Of(("floor-factor", "1e9"), ("max-change", "1e9"));
        using (var stitched = fixture.Execute("deep-obliviate", fixture.Request("a", 2, 4), atOnce)) fixture.Run.Commit(stitched.NextIndex);

        var next = fixture.Request("b", 1, 9);
        using var exact = fixture.Execute("retrain", next);
        using var gold = fixture.Gold(exact.NextIndex.Deleted);
        Assert.Equal(gold.State.ToSafetensors(), exact.Candidate.ToSafetensors());
        Assert.Equal(Guarantee.Exact, exact.Guarantee);

        using var toTheEnd = fixture.Execute("deep-obliviate", next, MethodOptions.Of(("min-blocks", "1000")));
        Assert.Equal(Guarantee.Approximate, toTheEnd.Guarantee);
        Assert.Contains("approximate", toTheEnd.Trace!.Decision, StringComparison.Ordinal);
    }

    [Fact]
    public void Fine_tuning_moves_the_model_and_takes_its_rate_from_the_options()
    {
        using var fixture = SyntheticRun.Mlp();
        var request = fixture.Request("r", 2, 5);
        using var usual = fixture.Execute("fine-tune", request);
        using var faster = fixture.Execute("fine-tune", request, MethodOptions.Of(("lr", "0.1"), ("epochs", "2")));
        Assert.NotEqual(fixture.Run.Index.Served, usual.NextIndex.Served);
        Assert.NotEqual(usual.NextIndex.Served, faster.NextIndex.Served);
        Assert.Equal((238 * 5, 238 * 2), (usual.Cost.Samples, faster.Cost.Samples));
        Assert.Equal(Guarantee.Heuristic, usual.Guarantee);
    }
}
