namespace Lethe.Demo;

/// <summary>What a user may choose about the demo.</summary>
public sealed record DemoRequest
{
    /// <summary>The directory for the run and the report. An earlier demo's output is replaced, anything else is refused.</summary>
    public required string Out { get; init; }

    /// <summary>Whether the report shows pictures of forgotten records.</summary>
    public bool Pictures { get; init; } = true;

    /// <summary>Seed of weights, order, people and trigger.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Compute threads.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
