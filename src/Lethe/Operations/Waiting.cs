using Lethe.Core.Verdicts;

namespace Lethe.Operations;

/// <summary>Why a candidate is not served.</summary>
/// <param name="Reasons">One a line; empty: it need not wait, and only a killed process left it.</param>
/// <param name="CheckFailed">Whether the quick checks or its verdict speak against it.</param>
/// <param name="MayBeServed">Whether its verdict allows `lethe promote`.</param>
internal sealed record Waiting(IReadOnlyList<string> Reasons, bool CheckFailed, bool MayBeServed)
{
    /// <param name="gate">What the quick checks said.</param>
    /// <param name="verdict">The verdict on it; null: none.</param>
    /// <param name="policy">The policy of its request.</param>
    public static Waiting Of(GateOutcome? gate, Verdict? verdict, VerificationPolicy policy)
    {
        bool complete = verdict?.Kind == VerdictKind.Complete && verdict.Policy == policy.Digest;
        string? judged = verdict switch
        {
            null => policy.Promotion == PromotionRule.Verdict ? $"{(gate is { Passed: true, Measured: true } ? "The quick checks passed. " : "")}No verdict says yet that it may be served." : null,
            _ when verdict.Policy != policy.Digest => $"Its verdict, {verdict.Kind.ToString().ToUpperInvariant()}, was built with another policy than the request's, which alone decides: `lethe verify` judges it by that.",
            { Kind: VerdictKind.Complete } => "Its verdict is COMPLETE: `lethe promote` serves it.",
            _ => $"Its verdict is {PromotionDecision.Told(verdict)}",
        };
        return new Waiting([.. gate?.Complaints ?? [], .. judged is null ? Array.Empty<string>() : [judged]], gate is { Passed: false } || verdict?.Kind == VerdictKind.Incomplete, complete);
    }
}
