using Lethe.Core.Records;

namespace Lethe.Training.Datasets;

/// <summary>What `lethe data describe` tells of a data set.</summary>
public sealed record DatasetSummary
{
    /// <summary>The name shown to people.</summary>
    public required string Name { get; init; }

    /// <summary>The number of records.</summary>
    public required int Records { get; init; }

    /// <summary>The shape of one sample.</summary>
    public required IReadOnlyList<long> SampleShape { get; init; }

    /// <summary>The element type of the samples: Byte or Float32.</summary>
    public required string ElementType { get; init; }

    /// <summary>The classes in index order.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>The number of records of each class, in index order.</summary>
    public required IReadOnlyList<int> ClassCounts { get; init; }

    /// <summary>The number of subjects; 0 when the source names none.</summary>
    public required int Subjects { get; init; }

    /// <summary>The fewest records of a subject (0 without subjects).</summary>
    public required int FewestRecordsOfSubject { get; init; }

    /// <summary>The median number of records of a subject (0 without subjects).</summary>
    public required double MedianRecordsOfSubject { get; init; }

    /// <summary>The most records of a subject (0 without subjects).</summary>
    public required int MostRecordsOfSubject { get; init; }

    /// <summary>The digest of the content.</summary>
    public required Digest Digest { get; init; }

    /// <summary>The metadata columns that predicates can use.</summary>
    public required IReadOnlyList<string> MetadataColumns { get; init; }

    /// <summary>Bytes of samples and labels in memory.</summary>
    public required long Bytes { get; init; }

    /// <summary>Seconds that loading took, as measured by the caller; null when not measured.</summary>
    public double? SecondsToLoad { get; init; }

    /// <summary>How columns became features, for CSV sources.</summary>
    public TabularEncoding? Encoding { get; init; }

    /// <summary>Summarises a data set.</summary>
    public static DatasetSummary Of(TensorDataset data, double? secondsToLoad = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        DatasetManifest manifest = data.Manifest;
        var classCounts = new int[manifest.ClassCount];
        foreach (int label in manifest.Labels) classCounts[label]++;
        int[] perSubject = [.. manifest.DistinctSubjects.Select(subject => manifest.RecordsOf(subject).Count).Order()];
        return new DatasetSummary
        {
            Name = manifest.Name,
            Records = manifest.Count,
            SampleShape = manifest.SampleShape,
            ElementType = data.Samples.dtype.ToString(),
            ClassNames = manifest.ClassNames,
            ClassCounts = classCounts,
            Subjects = perSubject.Length,
            FewestRecordsOfSubject = perSubject.FirstOrDefault(),
            MedianRecordsOfSubject = perSubject.Length == 0 ? 0 : (perSubject[(perSubject.Length - 1) / 2] + perSubject[perSubject.Length / 2]) / 2.0,
            MostRecordsOfSubject = perSubject.LastOrDefault(),
            Digest = manifest.Digest,
            MetadataColumns = [.. data.Metadata.Columns.Select(column => column.Name)],
            Bytes = data.Samples.numel() * (data.IsImage ? 1 : sizeof(float)) + data.Labels.numel() * sizeof(long),
            SecondsToLoad = secondsToLoad,
            Encoding = data.Encoding,
        };
    }
}
