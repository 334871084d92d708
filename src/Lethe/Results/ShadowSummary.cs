using Lethe.Operations;

namespace Lethe;

/// <summary>The shadow models of a run's last request.</summary>
public sealed record ShadowSummary
{
    /// <summary>The run directory.</summary>
    public required string Run { get; init; }

    /// <summary>The request that they imitate.</summary>
    public required string Request { get; init; }

    /// <summary>How they forget.</summary>
    public required string Method { get; init; }

    /// <summary>How many records the request is about.</summary>
    public required int Records { get; init; }

    /// <summary>Where their answers are.</summary>
    public required string Store { get; init; }

    /// <summary>What the missing ones would take, as estimated before.</summary>
    public required ShadowPrice Price { get; init; }

    /// <summary>Models that were trained by this call.</summary>
    public required int Trained { get; init; }

    /// <summary>Wall time of that, in seconds.</summary>
    public required double Elapsed { get; init; }
}
