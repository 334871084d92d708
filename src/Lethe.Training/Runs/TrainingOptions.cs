namespace Lethe.Training.Runs;

/// <summary>What a training session may vary without changing the model that comes out.</summary>
public sealed record TrainingOptions
{
    /// <summary>Default of <see cref="FloorBlocks"/>.</summary>
    public const int DefaultFloorBlocks = 8;

    /// <summary>Default of <see cref="FloorRepeats"/>.</summary>
    public const int DefaultFloorRepeats = 2;

    /// <summary>Number of blocks, spread over the run, whose training noise is measured afterwards; 0: none.</summary>
    public int FloorBlocks { get; init; } = DefaultFloorBlocks;

    /// <summary>Trainings with another order a measured block, at least 1.</summary>
    public int FloorRepeats { get; init; } = DefaultFloorRepeats;

    /// <summary>Goes on although this process computes other bits than the one that began the run.</summary>
    public bool ForceProfile { get; init; }

    /// <summary>Clock for costs and for the interval of durable writes.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
