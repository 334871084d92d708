using Lethe.Methods.DeepObliviate;
using Lethe.Methods.Options;

namespace Lethe.Methods.Tests.DeepObliviate;

/// <summary>A stitched model with batch norm: parameters moved, counters copied, statistics measured anew.</summary>
public sealed class BatchNormTests
{
    private static readonly MethodOptions AtOnce = MethodOptions.Of(("floor-factor", "1e9"), ("max-change", "1e9"));

    [Fact]
    public void Statistics_are_measured_on_retained_records_and_counters_are_copied()
    {
        using var fixture = SyntheticRun.Convolution();
        var request = fixture.Request("r", 2, 2);
        using var result = fixture.Execute("deep-obliviate", request, AtOnce);
        using var last = fixture.Run.LoadCheckpoint(4);
        var (model, names) = (result.Candidate, result.Candidate.BufferNames);
        foreach (var name in names)
        {
            if (name.EndsWith("num_batches_tracked", StringComparison.Ordinal)) Assert.Equal(last.Values(name), model.Values(name));
            else Assert.NotEqual(last.Values(name), model.Values(name));
            if (name.EndsWith("running_var", StringComparison.Ordinal)) Assert.All(model.Values(name), value => Assert.True(value >= 0));
        }
        Assert.Equal(10 + 46, result.Cost.Samples);

        using var stored = fixture.Run.LoadCheckpoint(2);
        using var retrained = fixture.Run.Load(result.NextIndex.Checkpoints[2]!.Value);
        var weight = last.ParameterNames[0];
        float[] p = last.Values(weight), from = stored.Values(weight), to = retrained.Values(weight);
        Assert.Equal([.. p.Select((value, i) => value + (to[i] - from[i]))], model.Values(weight));
    }

    [Fact]
    public void Moved_checkpoints_before_the_last_keep_their_own_buffers()
    {
        using var fixture = SyntheticRun.Convolution();
        using var result = fixture.Execute("deep-obliviate", fixture.Request("r", 2, 2), AtOnce);
        using var old = fixture.Run.LoadCheckpoint(3);
        using var moved = fixture.Run.Load(result.NextIndex.Checkpoints[3]!.Value);
        Assert.All(old.BufferNames, name => Assert.Equal(old.Values(name), moved.Values(name)));
        Assert.NotEqual(old.Values(old.ParameterNames[0]), moved.Values(old.ParameterNames[0]));
    }

    [Fact]
    public void Forced_to_the_end_nothing_is_measured_anew()
    {
        using var fixture = SyntheticRun.Convolution();
        var request = fixture.Request("r", 2, 3);
        using var forced = fixture.Execute("deep-obliviate", request, MethodOptions.Of(("min-blocks", "1000")));
        using var exact = fixture.Execute("retrain", request);
        Assert.Equal(exact.NextIndex.Served, forced.NextIndex.Served);
    }
}
