namespace Lethe;

/// <summary>Which data to read.</summary>
public sealed record DataRequest
{
    /// <summary>The source, such as <c>fashion-mnist</c> or <c>csv:people.csv?label=income</c>.</summary>
    public required string Source { get; init; }

    /// <summary>A CSV file with the columns record and subject; null for the source's own subjects.</summary>
    public string? SubjectsFile { get; init; }

    /// <summary>QMNIST's label file, whose writers become the subjects; null for none.</summary>
    public string? WritersFile { get; init; }
}
