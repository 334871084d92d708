using Lethe.Core.Plans;
using Lethe.Core.Requests;
using Lethe.Methods.DeepObliviate;
using Lethe.Methods.Execution;
using Lethe.Methods.Options;
using Lethe.Methods.Parameters;
using Lethe.Training.Training;

namespace Lethe.Methods.Tests.DeepObliviate;

/// <summary>The invariants of methods.md §1 and the acceptance tests of deep-obliviate.md §8.</summary>
public sealed class InvariantTests
{
    private static readonly MethodOptions ToTheEnd = MethodOptions.Of(("min-blocks", "1000"));
    private static readonly MethodOptions AtOnce = MethodOptions.Of(("floor-factor", "1e9"), ("max-change", "1e9"));

    [Fact]
    public void Nothing_deleted_gives_no_residual_memory_and_the_same_bits()
    {
        using var fixture = SyntheticRun.Mlp();
        var request = fixture.Request("none", 1, 5);
        var plan = fixture.Plan("deep-obliviate", request);
        using var replay = new BlockReplay(
            fixture.Context(), fixture.Run.Recipe, fixture.Run.Partition, new HashSet<int>(), ForgetProgress.Open(fixture.Run, request, plan));
        var names = ParameterNames(fixture);
        for (var block = 3; block <= SyntheticRun.Blocks; block++)
        {
            byte[] before = replay.Load(block - 1), stored = replay.Load(block);
            var again = replay.Retrain(block, before, TestContext.Current.CancellationToken).Bytes;
            Assert.Equal(stored, again);
            ParameterView start = ParameterView.Of(before, names), end = ParameterView.Of(stored, names), other = ParameterView.Of(again, names);
            Assert.Equal(0, UpdateDifference.Of(start, end, start, other).Delta);
            Assert.Equal(0, Displacement.Between(other, end).Norm);
        }
    }

    [Fact]
    public void A_stitch_by_nothing_leaves_the_last_model_bitwise()
    {
        using var fixture = SyntheticRun.Mlp();
        var names = ParameterNames(fixture);
        var middle = ParameterView.Of(Bytes(fixture, 6), names);
        byte[] last = Bytes(fixture, 12), moved = Bytes(fixture, 12);
        Displacement.Between(middle, middle).AddTo(ParameterView.Of(moved, names));
        Assert.Equal(last, moved);
    }

    [Fact]
    public void Forced_to_the_end_it_equals_retraining_from_the_checkpoint_and_from_scratch_bitwise()
    {
        using var fixture = SyntheticRun.Mlp();
        var request = fixture.Request("r", 2, 5);
        using var forced = fixture.Execute("deep-obliviate", request, ToTheEnd);
        using var resumed = fixture.Execute("retrain", request);
        using var scratch = fixture.Execute("retrain", request, MethodOptions.Of(("from-scratch", "true")));
        using var gold = fixture.Gold(request.Records.Select(record => record.Value));

        Assert.Equal(Guarantee.Exact, forced.Guarantee);
        Assert.Equal(resumed.NextIndex.Served, forced.NextIndex.Served);
        Assert.Equal(resumed.NextIndex.Served, scratch.NextIndex.Served);
        Assert.Equal(resumed.NextIndex.Checkpoints, forced.NextIndex.Checkpoints);
        Assert.Equal(scratch.Candidate.ToSafetensors(), gold.State.ToSafetensors());
        Assert.Equal(8, forced.Trace!.Points.Count);
        Assert.Empty(forced.Trace.Stitches);
        Assert.Contains("exact", forced.Trace.Decision, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_gold_seed_gives_another_model()
    {
        using var fixture = SyntheticRun.Mlp();
        using var one = fixture.Gold([], seed: 1);
        using var two = fixture.Gold([], seed: 2);
        Assert.Equal(Bytes(fixture, 12), one.State.ToSafetensors());
        Assert.NotEqual(one.State.ToSafetensors(), two.State.ToSafetensors());
        Assert.Equal(240 * 2, two.Cost.Samples);
    }

    [Fact]
    public void The_first_block_of_a_forget_starts_before_the_deleted_record()
    {
        using var fixture = SyntheticRun.Mlp();
        using var result = fixture.Execute("deep-obliviate", fixture.Request("r", 1, 5), AtOnce);
        var point = Assert.Single(result.Trace!.Points);
        Assert.Equal((5, 1, 1), (point.Block, point.DeletedRecords, point.Reading!.X));
        Assert.True(point.Delta > 0);
        Assert.Equal(point.Delta, point.DeltaByLayer.Values.Sum(), 9);
        Assert.Equal(19 * 2, result.Cost.Samples);
        Assert.Equal(Guarantee.Approximate, result.Guarantee);
    }

    [Fact]
    public void The_stitched_model_is_the_last_one_plus_the_displacement()
    {
        using var fixture = SyntheticRun.Mlp();
        using var result = fixture.Execute("deep-obliviate", fixture.Request("r", 1, 5), AtOnce);
        using var last = fixture.Run.LoadCheckpoint(12);
        using var stored = fixture.Run.LoadCheckpoint(5);
        using var retrained = fixture.Run.Load(result.NextIndex.Checkpoints[5]!.Value);
        foreach (var name in last.ParameterNames)
        {
            float[] p = last.Values(name), from = stored.Values(name), to = retrained.Values(name);
            Assert.Equal([.. p.Select((value, i) => value + (to[i] - from[i]))], result.Candidate.Values(name));
        }
        Assert.Equal(result.NextIndex.Served, result.NextIndex.Checkpoints[12]);
    }

    [Fact]
    public void After_a_request_the_stored_run_is_the_unlearned_one()
    {
        using var fixture = SyntheticRun.Mlp();
        var updates = Enumerable.Range(7, 6).Select(block => Update(fixture, block)).ToList();
        var old = fixture.Run.Index.Checkpoints;
        var first = fixture.Request("first", 2, 6);
        using (var result = fixture.Execute("deep-obliviate", first, AtOnce)) fixture.Run.Commit(result.NextIndex);

        for (var block = 7; block <= 12; block++)
        {
            var change = Update(fixture, block).Zip(updates[block - 7], (now, then) => Math.Abs(now - then)).Max();
            Assert.InRange(change, 0, 2e-6);
        }
        for (var block = 0; block <= 12; block++)
        {
            Assert.Equal(block < 6, fixture.Run.Index.Checkpoints[block] == old[block]);
            Assert.Equal(block < 6, fixture.Run.Store.Contains(old[block]!.Value));
        }
        Assert.Equal(first.Records.Select(record => record.Value), fixture.Run.Index.Deleted);

        using var second = fixture.Execute("deep-obliviate", fixture.Request("second", 3, 8), AtOnce);
        Assert.Equal([.. fixture.Run.Index.Checkpoints.Take(8)], [.. second.NextIndex.Checkpoints.Take(8)]);
        Assert.Equal(5, second.NextIndex.Deleted.Count);
    }

    [Fact]
    public void A_second_request_leaves_the_slots_of_the_first_empty_too()
    {
        using var one = SyntheticRun.Mlp();
        using (var result = one.Execute("deep-obliviate", one.Request("a", 1, 9), ToTheEnd)) one.Run.Commit(result.NextIndex);
        using var later = one.Execute("deep-obliviate", one.Request("b", 1, 4), ToTheEnd);
        using var two = SyntheticRun.Mlp();
        using var together = two.Execute("deep-obliviate", two.Request("c", 1, 4, 9), ToTheEnd);
        Assert.Equal(together.NextIndex.Served, later.NextIndex.Served);
        Assert.Equal(Guarantee.Exact, later.Guarantee);
    }

    [Fact]
    public void Live_native_tensors_return_to_where_they_were()
    {
        using var fixture = SyntheticRun.Mlp();
        var request = fixture.Request("r", 1, 10);
        fixture.Execute("deep-obliviate", request, AtOnce).Dispose();
        var before = Torch.Tensor.TotalCount;
        fixture.Execute("deep-obliviate", fixture.Request("s", 1, 11), AtOnce).Dispose();
        Assert.Equal(before, Torch.Tensor.TotalCount);
    }

    private static double[] Update(SyntheticRun fixture, int block)
    {
        using var before = fixture.Run.LoadCheckpoint(block - 1);
        using var after = fixture.Run.LoadCheckpoint(block);
        return [.. after.ParameterNames.SelectMany(name => after.Values(name).Zip(before.Values(name), (q, p) => (double)q - p))];
    }

    private static IReadOnlyList<string> ParameterNames(SyntheticRun fixture)
    {
        using var state = fixture.Run.LoadCheckpoint(0);
        return [.. state.ParameterNames];
    }

    private static byte[] Bytes(SyntheticRun fixture, int checkpoint) =>
        fixture.Run.Store.Get(fixture.Run.Index.Checkpoints[checkpoint]!.Value);
}
