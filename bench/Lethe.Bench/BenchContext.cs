using Lethe.Training.Datasets;
using Lethe.Training.Training;

namespace Lethe.Bench;

/// <summary>What a suite gets from its host.</summary>
public sealed record BenchContext
{
    /// <summary>The directory for results files; it exists.</summary>
    public required string OutputDirectory { get; init; }

    /// <summary>The command line that started the suite, as it is written into every results file.</summary>
    public required string Command { get; init; }

    /// <summary>The seed given on the command line, or 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Over how many seeds from <see cref="Seed"/> on the suite is repeated.</summary>
    public required int SeedCount { get; init; }

    /// <summary>These seeds.</summary>
    public IEnumerable<ulong> Seeds => Enumerable.Range(0, SeedCount).Select(offset => Seed + (ulong)offset);

    /// <summary>The number of compute threads.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary><c>cpu</c> or <c>cuda</c>: where networks are trained and evaluated.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Takes one line about the progress at a time.</summary>
    public Action<string> Log { get; init; } = static _ => { };

    /// <summary>A suite's recipe for these data, on this device.</summary>
    internal Recipe Resolve(Recipe recipe, TensorDataset data) => (recipe with { Device = Device }).ResolvedFor(data);
}
