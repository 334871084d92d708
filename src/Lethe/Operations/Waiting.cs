using Lethe.Core.Verdicts;

namespace Lethe.Operations;

/// <summary>Why a candidate is not served.</summary>
/// <param name="Reasons">One a line; empty: it need not wait, and only a killed process left it.</param>
/// <param name="CheckFailed">Whether the quick checks or its verdict speak against it.</param>
internal sealed record Waiting(IReadOnlyList<string> Reasons, bool CheckFailed)
{
    /// <param name="gate">What the quick checks said.</param>
    /// <param name="verdict">The verdict on it; null: none.</param>
    /// <param name="policy">The policy of its request.</param>
    public static Waiting Of(GateOutcome? gate, Verdict? verdict, VerificationPolicy policy)
    {
        string? judged = verdict switch
        {
            null => policy.Promotion == PromotionRule.Verdict ? "No verdict says yet that it may be served." : null,
            { Kind: VerdictKind.Complete } => "Its verdict is COMPLETE: `lethe promote` serves it.",
            _ => $"Its verdict is {PromotionDecision.Told(verdict)}",
        };
        return new Waiting([.. gate?.Complaints ?? [], .. judged is null ? Array.Empty<string>() : [judged]], gate is { Passed: false } || verdict?.Kind == VerdictKind.Incomplete);
    }
}
