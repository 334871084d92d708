using System.Diagnostics;

using Lethe.Core.Partitions;
using Lethe.Torch;
using Lethe.Training.Datasets;
using Lethe.Training.Models;
using Lethe.Training.Training;

namespace Lethe.Bench.Engine;

/// <summary>The Lethe side of each comparison.</summary>
internal sealed class EngineWork : IDisposable
{
    private const int LeNetBatch = 128;
    private const int ResNetBatch = 64;
    private const int ResNetSteps = 8;

    private readonly TensorDataset fashion = DataSource.Parse("fashion-mnist").Load();
    private readonly TensorDataset random = RandomImages();
    private readonly int threads;

    public EngineWork(int threads)
    {
        this.threads = threads;
        torch.set_num_threads(threads);
    }

    public double ImagesPerSecond(string name) => name switch
    {
        "lenet5 epoch with data loading" => Train(fashion, new Recipe { Model = "lenet5", BatchSize = LeNetBatch, Blocks = 1, EpochsPerBlock = 1, WeightDecay = 0, Threads = threads }, warm: true),
        "resnet18 step, fp32" => Train(random, ResNet(Precision.Fp32), warm: true),
        "resnet18 step, --precision auto" => Train(random, ResNet(Precision.Auto), warm: true),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such work."),
    };

    public void Dispose()
    {
        fashion.Dispose();
        random.Dispose();
    }

    private Recipe ResNet(Precision precision) => new()
    {
        Model = "resnet18",
        BatchSize = ResNetBatch,
        Blocks = 1,
        EpochsPerBlock = 1,
        Momentum = 0.9,
        Precision = precision,
        Threads = threads,
    };

    /// <summary>One pass over the data set as the trainer makes it: preparing the samples, drawing batches, forward, backward, optimizer.</summary>
    private static double Train(TensorDataset data, Recipe recipe, bool warm)
    {
        var resolved = recipe.ResolvedFor(data);
        using var generator = new Generator(recipe.Seed);
        using var model = ModelCatalog.Create(resolved.ModelFor(data.Manifest), generator);
        var partition = Partition.Create(data.Manifest, new PartitionOptions { Blocks = 1, Kind = PartitionKind.Stratified, Seed = recipe.Seed });
        if (warm)
        {
            using var rehearsal = new BlockTrainer(resolved, data, partition);
            rehearsal.TrainBlock(model, 1, new HashSet<int>(), CancellationToken.None);
        }

        var watch = Stopwatch.StartNew();
        using var trainer = new BlockTrainer(resolved, data, partition);
        trainer.TrainBlock(model, 1, new HashSet<int>(), CancellationToken.None);
        return data.Count / watch.Elapsed.TotalSeconds;
    }

    private static TensorDataset RandomImages()
    {
        var source = new Core.Numerics.CounterRandom(1);
        var samples = new byte[ResNetBatch * ResNetSteps * 3 * 32 * 32];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = (byte)source.NextInt32(256);
        }

        int[] labels = [.. Enumerable.Range(0, ResNetBatch * ResNetSteps).Select(static i => i % 10)];
        return TensorDataset.FromBytes("random", samples, [3, 32, 32], labels);
    }
}
