using Lethe.Core.Records;
using Lethe.Reports;

namespace Lethe;

/// <summary>The run's model beside models that never saw the forgotten records.</summary>
public sealed record VerificationSummary
{
    /// <summary>The run directory.</summary>
    public required string Run { get; init; }

    /// <summary>The digest of the verified model.</summary>
    public required Digest Model { get; init; }

    /// <summary>How many records the run has forgotten in all.</summary>
    public required int Forgotten { get; init; }

    /// <summary>The seeds of the gold models.</summary>
    public required IReadOnlyList<ulong> GoldSeeds { get; init; }

    /// <summary>How many of them came from the run's cache.</summary>
    public required int GoldFromCache { get; init; }

    /// <summary>Seconds to train one gold model, as measured when it was trained.</summary>
    public required double GoldSeconds { get; init; }

    /// <summary>One row a measure.</summary>
    public required IReadOnlyList<Comparison> Measures { get; init; }

    /// <summary>What the requests cost, beside training one gold model.</summary>
    public required IReadOnlyList<CostBar> Costs { get; init; }

    /// <summary>Remarks that a reader of the table needs.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }
}
