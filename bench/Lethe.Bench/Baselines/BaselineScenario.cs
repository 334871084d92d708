using Lethe.Core.Partitions;
using Lethe.Core.Records;
using Lethe.Methods;
using Lethe.Training.Datasets;
using Lethe.Training.Training;

namespace Lethe.Bench.Baselines;

/// <summary>A trained setting in which every method is asked for the same.</summary>
internal sealed record BaselineScenario : IDisposable
{
    /// <summary>The rows' scenario, and the page's heading.</summary>
    public required string Name { get; init; }

    /// <summary>The rows' data set.</summary>
    public required string Dataset { get; init; }

    /// <summary>Training data, with what is to be forgotten.</summary>
    public required TensorDataset Data { get; init; }

    /// <summary>Clean test data.</summary>
    public required TensorDataset Test { get; init; }

    /// <summary>Unseen records of the forgotten ones' distribution, for the membership attack.</summary>
    public required TensorDataset Unseen { get; init; }

    /// <summary>D_f.</summary>
    public required IReadOnlyList<RecordId> Forgotten { get; init; }

    /// <summary>Classes that go as a whole; empty: single records go.</summary>
    public IReadOnlySet<int> Classes { get; init; } = new HashSet<int>();

    /// <summary>What the request names.</summary>
    public Granularity Named => Classes.Count > 0 ? Granularity.Classes : Granularity.Records;

    public required Recipe Recipe { get; init; }

    public required Partition Partition { get; init; }

    /// <summary>The same data for SISA: shards and slices instead of blocks, and as much training of each record.</summary>
    public (Recipe Recipe, Partition Partition) Sharded(ulong seed)
    {
        var layout = new ShardLayout(BaselineSettings.Shards, BaselineSettings.Slices);
        var recipe = Recipe with
        {
            Scheme = TrainingScheme.Sisa,
            Shards = layout.Shards,
            Blocks = layout.Shards * layout.Slices,
            EpochsPerBlock = layout.EpochsPerSlice(Recipe.EpochsPerBlock),
        };
        return (recipe, Partition.Create(Data.Manifest, BaselineSettings.Partition(seed) with { Blocks = recipe.Blocks }));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Data.Dispose();
        Test.Dispose();
        Unseen.Dispose();
    }
}
