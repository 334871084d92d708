using Lethe.Core.Verdicts;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Operations;

/// <summary>What allows a candidate to be served without a person's override.</summary>
internal static class PromotionDecision
{
    private const string Policy = "the policy";

    /// <summary>A COMPLETE verdict; or where the policy asks for the gate only, an UNVERIFIED one on a candidate that passed it. Null: nothing does.</summary>
    public static PromotionRecord? ByVerdict(HeldCandidate held, Verdict? verdict, VerificationPolicy policy) => verdict?.Kind switch
    {
        _ when verdict?.Policy != policy.Digest => null,
        VerdictKind.Complete => new PromotionRecord(PromotionBasis.Verdict, FirstReason(verdict)) { Verdict = verdict.Kind },
        VerdictKind.Unverified when policy.Promotion == PromotionRule.Gate && held.Record.Gate is { Passed: true, Measured: true } gate => Promotion.ByGate(gate, Policy) with { Verdict = verdict.Kind },
        _ => null,
    };

    /// <summary>What allows `lethe forget` to serve it at once: the gate, where the policy or the user asks for no more and no verdict is against it. Null: it waits.</summary>
    /// <param name="held">The candidate.</param>
    /// <param name="verdict">The verdict on it, if there is one already.</param>
    /// <param name="policy">The policy of its request.</param>
    /// <param name="serve">Who wants it served at once; null: nobody.</param>
    public static PromotionRecord? AtOnce(HeldCandidate held, Verdict? verdict, VerificationPolicy policy, string? serve)
    {
        if (serve is null && policy.Promotion != PromotionRule.Gate)
            return null;
        if (ByVerdict(held, verdict, policy) is { } allowed)
            return allowed;
        if (held.Record.Gate is not { Passed: true } gate || verdict?.Kind == VerdictKind.Incomplete)
            return null;
        var why = serve is null ? Promotion.ByGate(gate, Policy) : Promotion.ByGate(gate, "--serve", serve);
        return why with { Verdict = OwnKind(verdict, policy) };
    }

    /// <summary>The verdict's word where it was built with the request's own policy; another policy's is none.</summary>
    public static VerdictKind? OwnKind(Verdict? verdict, VerificationPolicy policy) => verdict?.Policy == policy.Digest ? verdict.Kind : null;

    /// <summary>Why nothing allows it, and what to do.</summary>
    public static string WhyNot(Run run, HeldCandidate held, Verdict? verdict)
    {
        string path = run.Directory, id = held.Request.Id;
        string override_ = $"To serve it on your own responsibility: lethe promote {path} --override REASON. To give it up: lethe withdraw {path} {id}";
        return verdict switch
        {
            null => $"{id} has no verdict, so nothing says that its candidate may be served. Judge it: lethe verify {path} --promote. {override_}",
            _ when verdict.Policy != PolicyFile.Of(run, id).Digest => $"The verdict on {id} was built with another policy than the request's, which alone decides. Judge it by that: lethe verify {path}. {override_}",
            { Kind: VerdictKind.Incomplete } => $"The verdict on {id} is {Told(verdict)} Its candidate stays a candidate. {override_}",
            _ when run.Recipe.Scheme == TrainingScheme.Imported => $"The verdict on {id} is {Told(verdict)} The policy serves only what is COMPLETE, which takes models that you retrained without the records: lethe verify {path} --gold FILE. {override_}",
            _ => $"The verdict on {id} is {Told(verdict)} The policy serves only what is COMPLETE; more gold models see smaller remainders: lethe verify {path} --gold-seeds N. {override_}",
        };
    }

    /// <summary>The verdict's word and its first reason, which begins with the word itself.</summary>
    public static string Told(Verdict verdict)
    {
        string word = verdict.Kind.ToString().ToUpperInvariant(), reason = FirstReason(verdict);
        return reason.StartsWith(word, StringComparison.Ordinal) ? reason : $"{word}: {reason}";
    }

    private static string FirstReason(Verdict verdict) => verdict.Reasons.Count > 0 ? verdict.Reasons[0] : "";
}
