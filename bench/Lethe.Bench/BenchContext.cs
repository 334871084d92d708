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

    /// <summary>The number of compute threads.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Takes one line about the progress at a time.</summary>
    public Action<string> Log { get; init; } = static _ => { };
}
