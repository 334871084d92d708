using Lethe.Reports;

namespace Lethe.Demo;

/// <summary>What the demo did and found.</summary>
public sealed record DemoSummary
{
    /// <summary>The directory with the run and the report.</summary>
    public required string Out { get; init; }

    /// <summary>The report page.</summary>
    public required string Report { get; init; }

    /// <summary>Seconds of the whole demo.</summary>
    public required double Seconds { get; init; }

    /// <summary>What was trained, in one sentence.</summary>
    public required string Trained { get; init; }

    /// <summary>The two requests: an ordinary person, and the data owner with the trigger.</summary>
    public required IReadOnlyList<RequestSection> Requests { get; init; }
}
