using Lethe.Core.Records;

namespace Lethe.Core.Partitions;

/// <summary>How a data set is split into blocks.</summary>
public sealed record PartitionOptions
{
    /// <summary>The number of blocks, B.</summary>
    public int Blocks { get; init; } = 100;

    /// <summary>How records are dealt.</summary>
    public PartitionKind Kind { get; init; }

    /// <summary>The seed of the order in which they are dealt.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// Subjects that are likely to leave. Their records are spread evenly over the last blocks, where a later request
    /// costs the least.
    /// </summary>
    public IReadOnlyList<SubjectId> LateSubjects { get; init; } = [];

    /// <summary>The share of blocks, counted from the end, that <see cref="LateSubjects"/> go to; above 0, at most 1.</summary>
    public double LateShare { get; init; } = 0.25;
}
