using Lethe.Core.Verdicts;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>What allows a held candidate to be served without a person's override.</summary>
internal static class PromotionDecision
{
    /// <summary>A COMPLETE verdict; or where the policy asks for the gate only, an UNVERIFIED one on a candidate that passed it. Null: nothing does.</summary>
    public static PromotionRecord? ByVerdict(HeldCandidate held, Verdict? verdict, VerificationPolicy policy) => verdict?.Kind switch
    {
        _ when verdict?.Policy != policy.Digest => null,
        VerdictKind.Complete => new PromotionRecord(PromotionBasis.Verdict, FirstReason(verdict)) { Verdict = verdict.Kind },
        VerdictKind.Unverified when policy.Promotion == PromotionRule.Gate && held.Record.Gate is { Passed: true, Measured: true } => Promotion.ByGate(held.Record.Gate) with { Verdict = verdict.Kind },
        _ => null,
    };

    /// <summary>Why nothing allows it, and what to do.</summary>
    public static string WhyNot(Run run, HeldCandidate held, Verdict? verdict)
    {
        string path = run.Directory, id = held.Request.Id;
        string override_ = $"To serve it on your own responsibility: lethe promote {path} --override REASON. To give it up: lethe withdraw {path} {id}";
        return verdict switch
        {
            null => $"{id} has no verdict, so nothing says that its candidate may be served. Judge it: lethe verify {path} --promote. {override_}",
            _ when verdict.Policy != PolicyFile.Of(run, id).Digest => $"The verdict on {id} was built with another policy than the request's, which alone decides. Judge it by that: lethe verify {path}. {override_}",
            { Kind: VerdictKind.Incomplete } => $"The verdict on {id} is INCOMPLETE: {FirstReason(verdict)} Its candidate stays a candidate. {override_}",
            _ => $"The verdict on {id} is UNVERIFIED: {FirstReason(verdict)} The policy asks for more. {override_}",
        };
    }

    private static string FirstReason(Verdict verdict) => verdict.Reasons.Count > 0 ? verdict.Reasons[0] : "";
}
