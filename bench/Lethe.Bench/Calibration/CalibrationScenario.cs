using Lethe.Core.Partitions;
using Lethe.Core.Records;
using Lethe.Training.Datasets;
using Lethe.Training.Scenarios;
using Lethe.Training.Training;

namespace Lethe.Bench.Calibration;

/// <summary>Data, what is forgotten of it, and how models are trained on it.</summary>
internal sealed record CalibrationScenario : IDisposable
{
    public const string Dataset = "MNIST";

    public required string Name { get; init; }

    /// <summary>Training data, with what is to be forgotten.</summary>
    public required TensorDataset Data { get; init; }

    /// <summary>Unseen records.</summary>
    public required TensorDataset Test { get; init; }

    /// <summary>D_f.</summary>
    public required IReadOnlyList<RecordId> Forgotten { get; init; }

    /// <summary>The owner of the backdoor; null: none.</summary>
    public BackdoorOwner? Owner { get; init; }

    /// <summary>Whether models that forgot nothing are to be told from gold; false: no test can.</summary>
    public bool HasPower { get; init; } = true;

    public required Recipe Recipe { get; init; }

    /// <summary>All records in one block: plain training.</summary>
    public Partition Partition => Partition.Create(Data.Manifest, new PartitionOptions { Blocks = 1, Kind = PartitionKind.Stratified, Seed = Recipe.Seed });

    public void Dispose()
    {
        Data.Dispose();
        Test.Dispose();
    }
}
