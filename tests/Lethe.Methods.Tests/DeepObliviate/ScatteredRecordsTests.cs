using Lethe.Methods.DeepObliviate;
using Lethe.Methods.Options;

namespace Lethe.Methods.Tests.DeepObliviate;

public sealed class ScatteredRecordsTests
{

    [Fact]
    public void Contiguous_retrains_through_the_last_deleted_block_and_tests_from_there()
    {
        using var fixture = SyntheticRun.Mlp();
        using var result = fixture.Execute("deep-obliviate", fixture.Request("r", 1, 3, 8), MethodOptions.Of(("floor-factor", "1e9"), ("max-change", "1e9")));
        Assert.Equal([3, 4, 5, 6, 7, 8], result.Trace!.Points.Select(point => point.Block));
        Assert.All(result.Trace.Points.SkipLast(1), point => Assert.Null(point.Reading));
        Assert.Equal(1, result.Trace.Points[^1].Reading!.X);
        Assert.Equal((8, 12), (Assert.Single(result.Trace.Stitches).Block, result.Trace.Stitches[0].Through));
    }

    [Fact]
    public void Jump_stitches_over_the_gap_and_goes_on_at_the_next_deleted_block()
    {
        using var fixture = SyntheticRun.Mlp();
        using var result = fixture.Execute("deep-obliviate", fixture.Request("r", 1, 3, 8), MethodOptions.Of(("jump", "true"), ("floor-factor", "1e9"), ("max-change", "1e9")));
        Assert.Equal([3, 8], result.Trace!.Points.Select(point => point.Block));
        Assert.Equal([1, 1], result.Trace.Points.Select(point => point.Reading!.X));
        Assert.Equal([(3, 7), (8, 12)], result.Trace.Stitches.Select(stitch => (stitch.Block, stitch.Through)));
        Assert.Equal(2 * 19 * 2, result.Cost.Samples);

        AssertMoved(fixture, result, source: 3, blocks: [4, 5, 6, 7]);
        AssertMoved(fixture, result, source: 8, blocks: [9, 10, 11, 12]);
    }

    [Fact]
    public void Jump_over_neighbours_is_the_same_as_contiguous()
    {
        using var fixture = SyntheticRun.Mlp();
        var request = fixture.Request("r", 1, 5, 6, 7);
        using var jump = fixture.Execute("deep-obliviate", request, MethodOptions.Of(("jump", "true"), ("floor-factor", "1e9"), ("max-change", "1e9")));
        using var contiguous = fixture.Execute("deep-obliviate", request, MethodOptions.Of(("floor-factor", "1e9"), ("max-change", "1e9")));
        Assert.Equal(contiguous.NextIndex.Checkpoints, jump.NextIndex.Checkpoints);
        Assert.Single(jump.Trace!.Stitches);
    }

    [Fact]
    public void The_series_starts_anew_at_the_last_deleted_block()
    {
        using var fixture = SyntheticRun.Mlp();
        using var jump = fixture.Execute("deep-obliviate", fixture.Request("r", 1, 3, 8), MethodOptions.Of(("jump", "true"), ("min-blocks", "1000")));
        Assert.Equal([1, 2, 3, 4, 5, 1, 2, 3, 4, 5], jump.Trace!.Points.Select(point => point.Reading!.X));
        Assert.NotNull(jump.Trace.Points[4].Reading!.Fit);
        Assert.Null(jump.Trace.Points[5].Reading!.Fit);
    }

    [Fact]
    public void A_record_of_the_last_block_leaves_nothing_to_stitch()
    {
        using var fixture = SyntheticRun.Mlp();
        using var result = fixture.Execute("deep-obliviate", fixture.Request("r", 1, 12), MethodOptions.Of(("floor-factor", "1e9"), ("max-change", "1e9")));
        Assert.Empty(result.Trace!.Stitches);
        Assert.Equal(Core.Plans.Guarantee.Exact, result.Guarantee);
    }

    private static void AssertMoved(SyntheticRun fixture, UnlearningResult result, int source, int[] blocks)
    {
        using var stored = fixture.Run.LoadCheckpoint(source);
        using var retrained = fixture.Run.Load(result.NextIndex.Checkpoints[source]!.Value);
        foreach (var block in blocks)
        {
            using var old = fixture.Run.LoadCheckpoint(block);
            using var moved = fixture.Run.Load(result.NextIndex.Checkpoints[block]!.Value);
            foreach (var name in old.ParameterNames)
            {
                float[] p = old.Values(name), from = stored.Values(name), to = retrained.Values(name);
                Assert.Equal([.. p.Select((value, i) => value + (to[i] - from[i]))], moved.Values(name));
            }
        }
    }
}
