using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>How a <see cref="ShadowFarm"/> trains.</summary>
public sealed record ShadowOptions
{
    /// <summary>Several processes; null: this one alone.</summary>
    public ShardWorkers? Workers { get; init; }

    /// <summary>Trains although this process computes other bits than the one that trained the run.</summary>
    public bool ForceProfile { get; init; }

    /// <summary>How training measures its noise floor, in this process alone; null: as the run's own training did.</summary>
    public TrainingOptions? Training { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
