using Lethe.Core.Verdicts;

namespace Lethe.Core.Evidence;

/// <summary>What allowed the certified model to be served, as the run's history holds it. A person's reason and name stand in it in clear.</summary>
/// <param name="Basis">What decided: <c>verdict</c>, <c>gate</c> (quick checks without a verdict) or <c>override</c> (a person).</param>
/// <param name="Why">In words; a person's own words for an override.</param>
/// <param name="By">Who decided, where a person did.</param>
/// <param name="Verdict">What a verdict on the model said at that time; null: there was none.</param>
public sealed record CertifiedPromotion(string Basis, string Why, string? By, VerdictKind? Verdict)
{
    internal const string ByVerdict = "verdict", ByGate = "gate", ByPerson = "override";
}
