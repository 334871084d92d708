using Lethe.Core.Numerics;
using Lethe.Torch;
using Lethe.Training.Datasets;
using Lethe.Training.Models;
using Lethe.Training.Training;

namespace Lethe.Verification.Tests;

public sealed class RelearnTimeTests
{
    private static readonly ModelSpec Spec = new("mlp", [4], 2, new Dictionary<string, string> { ["hidden"] = "8" });
    private static readonly Recipe Recipe = new() { Model = "mlp", Precision = Precision.Fp32, Normalization = Normalization.Identity, Threads = 1 };

    [Fact]
    public void A_model_that_knows_the_records_needs_no_batch()
    {
        using var data = Data();
        using var module = Model(seed: 1);
        Assert.False(Measure(module, data, 1).Capped);
        var second = Measure(module, data, 1);
        Assert.Equal(0, second.Batches);
        Assert.Equal(0, second.Epochs);
    }

    [Fact]
    public void The_target_is_the_originals_accuracy_less_the_margin_and_epochs_follow_from_batches()
    {
        using var data = Data();
        using var module = Model(seed: 2);
        var time = Measure(module, data, 0.9);
        Assert.Equal(0.95 * 0.9, time.Target, 12);
        Assert.InRange(time.Reached, time.Target, 1);
        Assert.Equal(time.Batches * 256.0 / 600, time.Epochs, 12);
    }

    [Fact]
    public void The_same_seed_gives_the_same_time()
    {
        using var data = Data();
        var times = Enumerable.Range(0, 2).Select(_ =>
        {
            using var module = Model(seed: 3);
            return Measure(module, data, 1);
        }).ToList();
        Assert.Equal(times[0], times[1]);
    }

    [Fact]
    public void What_is_never_reached_is_capped()
    {
        using var data = Data(noise: true);
        using var module = Model(seed: 4);
        var time = Measure(module, data, 1);
        Assert.True(time.Capped);
        Assert.Equal(RelearnTime.MostEpochs * 3, time.Batches);
        Assert.True(time.Reached < time.Target);
    }

    [Fact]
    public void The_anamnesis_index_is_a_ratio_and_says_where_it_is_a_bound()
    {
        RelearnTime quick = new(10, 1, false, 0.9, 0.95), slow = new(40, 4, false, 0.9, 0.9), never = new(100, 10, true, 0.9, 0.5);
        Assert.Equal(new AnamnesisIndex(0.25, AnamnesisBound.Exact), AnamnesisIndex.Of(quick, slow));
        Assert.Equal(new AnamnesisIndex(2.5, AnamnesisBound.AtLeast), AnamnesisIndex.Of(never, slow));
        Assert.Equal(new AnamnesisIndex(0.1, AnamnesisBound.AtMost), AnamnesisIndex.Of(quick, never));
        Assert.True(double.IsNaN(AnamnesisIndex.Of(never, never).Value));
        Assert.True(double.IsNaN(AnamnesisIndex.Of(quick, quick with { Batches = 0 }).Value));
    }

    private static RelearnTime Measure(torch.nn.Module<Tensor, Tensor> module, TensorDataset data, double original) =>
        RelearnTime.Measure(module, Recipe, data, [.. Enumerable.Range(0, data.Count)], original, seed: 5, cancellation: TestContext.Current.CancellationToken);

    private static torch.nn.Module<Tensor, Tensor> Model(ulong seed)
    {
        using var generator = new Generator(seed);
        return ModelCatalog.Create(Spec, generator);
    }

    /// <summary>600 records of two classes, far apart or without any difference.</summary>
    private static TensorDataset Data(bool noise = false)
    {
        const int count = 600, features = 4;
        var random = new CounterRandom(6);
        var samples = new float[count * features];
        var labels = new int[count];
        for (var i = 0; i < count; i++)
        {
            labels[i] = i % 2;
            for (var j = 0; j < features; j++) samples[i * features + j] = (float)(random.NextNormal() * 0.3 + (noise ? 0 : labels[i] == 0 ? -2 : 2));
        }
        return TensorDataset.FromFloats("made up", samples, [features], labels);
    }
}
