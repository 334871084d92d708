using Lethe.Core.Records;
using Lethe.Reports;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe;

/// <summary>What training made.</summary>
public sealed record TrainingSummary
{
    /// <summary>How the run was trained.</summary>
    public required TrainingScheme Scheme { get; init; }

    /// <summary>The run directory.</summary>
    public required string Run { get; init; }

    /// <summary>The recipe and the data, ready to print.</summary>
    public required IReadOnlyList<Fact> Setting { get; init; }

    /// <summary>The canaries in the training data; null: none were planted.</summary>
    public PlantedCanaries? Canaries { get; init; }

    /// <summary>The lowest record number that was trained on; not 0 where record 0 is held out.</summary>
    public int FirstRecord { get; init; }

    /// <summary>Top-1 accuracy on the test data, 0…1; null without test data.</summary>
    public double? TestAccuracy { get; init; }

    /// <summary>Identity of the final checkpoint: the same data, recipe, seed and machine profile give the same digest.</summary>
    public required Digest Digest { get; init; }

    /// <summary>Records processed by the whole training, over all sessions.</summary>
    public required long Samples { get; init; }

    /// <summary>Seconds of the whole training, over all sessions and processes.</summary>
    public required double Seconds { get; init; }

    /// <summary>Processes that trained at the same time in this session.</summary>
    public int Processes { get; init; } = 1;

    /// <summary>Seconds by the clock of what this session trained; less than <see cref="Seconds"/> with several processes.</summary>
    public required double Elapsed { get; init; }

    /// <summary>Bytes that the run takes on disk.</summary>
    public required long BytesOnDisk { get; init; }
}
