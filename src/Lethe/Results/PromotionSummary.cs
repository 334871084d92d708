using Lethe.Core.Records;
using Lethe.Training.Runs;

namespace Lethe;

/// <summary>A candidate that is served now.</summary>
public sealed record PromotionSummary
{
    /// <summary>The run directory.</summary>
    public required string Run { get; init; }

    /// <summary>The request.</summary>
    public required string Request { get; init; }

    /// <summary>How many records it forgot.</summary>
    public required int Records { get; init; }

    /// <summary>What allowed it.</summary>
    public required PromotionRecord Promotion { get; init; }

    /// <summary>The model before, of which nothing is left.</summary>
    public required Digest Before { get; init; }

    /// <summary>The model that is served.</summary>
    public required Digest After { get; init; }

    /// <summary>How many stored objects were destroyed because they still knew the records.</summary>
    public required int ObjectsDestroyed { get; init; }

    /// <summary>How many cached gold models were destroyed for the same reason.</summary>
    public required int GoldModelsDestroyed { get; init; }

    /// <summary>The stored report page.</summary>
    public required string Report { get; init; }
}

/// <summary>A request that was given up.</summary>
public sealed record WithdrawalSummary
{
    /// <summary>The run directory.</summary>
    public required string Run { get; init; }

    /// <summary>The request.</summary>
    public required string Request { get; init; }

    /// <summary>How far it was.</summary>
    public required RequestState Was { get; init; }

    /// <summary>How many records it was about; they are not forgotten.</summary>
    public required int Records { get; init; }

    /// <summary>The model that is served, as before.</summary>
    public Digest? Served { get; init; }

    /// <summary>How many stored objects of the request were destroyed.</summary>
    public required int ObjectsDestroyed { get; init; }
}
