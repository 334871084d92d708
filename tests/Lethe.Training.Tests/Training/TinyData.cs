using Lethe.Core.Numerics;
using Lethe.Core.Partitions;
using Lethe.Training.Datasets;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Training.Tests.Training;

/// <summary>A data set of 12×12 grey images that a network learns in a second: class c is a bright bar in row 3c + 1, on noise.</summary>
internal static class TinyData
{
    public const int Classes = 3;

    public static TensorDataset Images(int count = 120, ulong seed = 1)
    {
        var pixels = new byte[count * 144];
        var labels = new int[count];
        var random = new CounterRandom(seed);
        for (var record = 0; record < count; record++)
        {
            labels[record] = record % Classes;
            for (var i = 0; i < 144; i++)
            {
                var bright = i / 12 == 3 * labels[record] + 1;
                pixels[record * 144 + i] = (byte)(random.NextInt32(100) + (bright ? 120 : 0));
            }
        }
        return TensorDataset.FromBytes("tiny", pixels, [1, 12, 12], labels);
    }

    public static Recipe Recipe(TensorDataset dataset, string model = "lenet5") => new Recipe
    {
        Model = model,
        ModelOptions = model == "mlp" ? new Dictionary<string, string> { ["hidden"] = "16" } : new Dictionary<string, string>(),
        Blocks = 4,
        EpochsPerBlock = 2,
        BatchSize = 8,
        Threads = 1,
        Precision = Precision.Fp32,
    }.ResolvedFor(dataset);

    public static Partition Partition(TensorDataset dataset, int blocks = 4) =>
        Core.Partitions.Partition.Create(dataset.Manifest, new PartitionOptions { Blocks = blocks });

    public static RunConfig Config(TensorDataset dataset, Recipe? recipe = null)
    {
        recipe ??= Recipe(dataset);
        return new RunConfig
        {
            Recipe = recipe,
            Partition = Partition(dataset, recipe.Blocks),
            Dataset = DatasetReference.Of(dataset.Manifest),
            Source = "tiny",
        };
    }
}
