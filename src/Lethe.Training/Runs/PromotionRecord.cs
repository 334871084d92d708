using Lethe.Core.Verdicts;

namespace Lethe.Training.Runs;

/// <summary>What allowed a candidate to be served.</summary>
public enum PromotionBasis
{
    /// <summary>Cheap checks without gold models; its forgetting is not verified.</summary>
    Gate,

    /// <summary>A verdict.</summary>
    Verdict,

    /// <summary>A person, against or without a verdict.</summary>
    Override,
}

/// <summary>Why a candidate became the served model; kept in the run's history.</summary>
/// <param name="Basis">What allowed it.</param>
/// <param name="Why">In words; a person's own words for <see cref="PromotionBasis.Override"/>.</param>
/// <param name="By">Who decided, where a person did.</param>
public sealed record PromotionRecord(PromotionBasis Basis, string Why, string? By = null)
{
    /// <summary>What a verdict on the candidate said; null: there was none.</summary>
    public VerdictKind? Verdict { get; init; }
}
