using Lethe.Core.Records;
using Lethe.Reports;
using Lethe.Training.Datasets;

namespace Lethe;

/// <summary>What a data source holds.</summary>
public sealed record DataDescription
{
    /// <summary>The source as it was given.</summary>
    public required string Source { get; init; }

    /// <summary>The data set's name.</summary>
    public required string Name { get; init; }

    /// <summary>The number of records.</summary>
    public required int Records { get; init; }

    /// <summary>The shape of one record.</summary>
    public required IReadOnlyList<long> SampleShape { get; init; }

    /// <summary>Each class with its number of records.</summary>
    public required IReadOnlyList<ClassCount> Classes { get; init; }

    /// <summary>The people behind the records, where the data names them.</summary>
    public SubjectCounts? Subjects { get; init; }

    /// <summary>The columns for <c>--where</c>.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>How the columns of a table become features, in order; null for other sources.</summary>
    public IReadOnlyList<ColumnEncoding>? Features { get; init; }

    /// <summary>The source of unseen records, where there is one.</summary>
    public string? Test { get; init; }

    /// <summary>SHA-256 over the records, labels and subjects.</summary>
    public required Digest Digest { get; init; }
}

/// <summary>A class with its number of records.</summary>
/// <param name="Index">The class's index.</param>
/// <param name="Name">Its name.</param>
/// <param name="Records">Its number of records.</param>
public sealed record ClassCount(int Index, string Name, int Records);

/// <summary>How many people there are and how many records each has.</summary>
/// <param name="Count">The number of people.</param>
/// <param name="Fewest">Records of the person with the fewest.</param>
/// <param name="Median">Records of the middle person.</param>
/// <param name="Most">Records of the person with the most.</param>
/// <param name="Examples">Some of their identifiers.</param>
public sealed record SubjectCounts(int Count, int Fewest, double Median, int Most, IReadOnlyList<string> Examples);
