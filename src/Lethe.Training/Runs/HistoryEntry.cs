using Lethe.Core.Plans;

namespace Lethe.Training.Runs;

/// <summary>A request that a run has served.</summary>
/// <param name="Request">Identifier of the request.</param>
/// <param name="Method">Name of the method.</param>
/// <param name="Guarantee">What the method promises.</param>
/// <param name="Records">Number of records forgotten.</param>
/// <param name="FirstBlock">First retrained block; null: none.</param>
/// <param name="LastBlock">Last retrained block; null: none.</param>
/// <param name="Cost">What it cost.</param>
/// <param name="At">When it was committed.</param>
public sealed record HistoryEntry(
    string Request, string Method, Guarantee Guarantee, int Records, int? FirstBlock, int? LastBlock, CostAccount Cost, DateTimeOffset At)
{
    /// <summary>Why its model is served; null for requests of versions that promoted without asking.</summary>
    public PromotionRecord? Promotion { get; init; }
}
