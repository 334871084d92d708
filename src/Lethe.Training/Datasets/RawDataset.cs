using Lethe.Core.Records;

namespace Lethe.Training.Datasets;

/// <summary>What a reader hands over: plain arrays, before any tensor exists.</summary>
internal sealed record RawDataset
{
    public required string Name { get; init; }

    /// <summary>Shape of one sample: (C, H, W) for images, (F) for features.</summary>
    public required IReadOnlyList<long> SampleShape { get; init; }

    /// <summary>Whether <see cref="Samples"/> holds little-endian Float32 instead of bytes.</summary>
    public required bool IsFloat { get; init; }

    /// <summary>All samples, one after the other, C order.</summary>
    public required byte[] Samples { get; init; }

    public required IReadOnlyList<int> Labels { get; init; }

    public required IReadOnlyList<string> ClassNames { get; init; }

    public IReadOnlyList<SubjectId>? Subjects { get; init; }

    public IReadOnlyList<MetadataColumn> Columns { get; init; } = [];

    public TabularEncoding? Encoding { get; init; }

    /// <summary>The records' numbers in the source, where this is a part of it.</summary>
    public SourceNumbering? Numbering { get; init; }

    public int Count => Labels.Count;

    public long SampleLength => SampleShape.Aggregate(1L, (a, b) => a * b);
}
