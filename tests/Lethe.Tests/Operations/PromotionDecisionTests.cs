using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Core.Requests;
using Lethe.Core.Verdicts;
using Lethe.Operations;
using Lethe.Training.Runs;

namespace Lethe.Tests.Operations;

public sealed class PromotionDecisionTests(PeopleRun people)
{
    [Theory]
    [InlineData(VerdictKind.Complete, PromotionRule.Verdict, true, PromotionBasis.Verdict)]
    [InlineData(VerdictKind.Complete, PromotionRule.Gate, false, PromotionBasis.Verdict)]
    [InlineData(VerdictKind.Unverified, PromotionRule.Gate, true, PromotionBasis.Gate)]
    [InlineData(VerdictKind.Unverified, PromotionRule.Gate, false, null)]
    [InlineData(VerdictKind.Unverified, PromotionRule.Verdict, true, null)]
    [InlineData(VerdictKind.Incomplete, PromotionRule.Gate, true, null)]
    [InlineData(null, PromotionRule.Gate, true, null)]
    public void Only_a_verdict_of_the_policy_allows_it(VerdictKind? kind, PromotionRule rule, bool passed, PromotionBasis? basis)
    {
        var policy = VerificationPolicy.Default with { Promotion = rule };
        using var run = Run.Open(people.Copy(), writable: true);
        var held = Candidate(run, passed);
        var verdict = kind is { } concluded ? VerdictOf(concluded, held, policy) : null;
        Assert.Equal(basis, PromotionDecision.ByVerdict(held, verdict, policy)?.Basis);
        if (verdict is not null)
            Assert.Null(PromotionDecision.ByVerdict(held, verdict with { Policy = Digest.OfText("another") }, policy));
        Assert.Contains("--override", PromotionDecision.WhyNot(run, held, verdict), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, PromotionRule.Verdict, true, false, null)]
    [InlineData(null, PromotionRule.Verdict, true, true, PromotionBasis.Gate)]
    [InlineData(null, PromotionRule.Verdict, false, true, null)]
    [InlineData(null, PromotionRule.Gate, true, false, PromotionBasis.Gate)]
    [InlineData(VerdictKind.Unverified, PromotionRule.Verdict, true, true, PromotionBasis.Gate)]
    [InlineData(VerdictKind.Complete, PromotionRule.Verdict, true, true, PromotionBasis.Verdict)]
    [InlineData(VerdictKind.Complete, PromotionRule.Verdict, true, false, null)]
    [InlineData(VerdictKind.Incomplete, PromotionRule.Verdict, true, true, null)]
    [InlineData(VerdictKind.Incomplete, PromotionRule.Gate, true, false, null)]
    public void Forget_serves_at_once_only_where_that_is_asked_for_and_nothing_is_against_it(VerdictKind? kind, PromotionRule rule, bool passed, bool serve, PromotionBasis? basis)
    {
        var policy = VerificationPolicy.Default with { Promotion = rule };
        using var run = Run.Open(people.Copy(), writable: true);
        var held = Candidate(run, passed);
        var verdict = kind is { } concluded ? VerdictOf(concluded, held, policy) : null;
        var found = PromotionDecision.AtOnce(held, verdict, policy, serve ? "somebody" : null);
        Assert.Equal((basis, kind), (found?.Basis, found is null ? kind : found.Verdict));
        var waiting = Waiting.Of(held.Record.Gate, verdict, policy);
        Assert.Equal(!passed || kind == VerdictKind.Incomplete, waiting.CheckFailed);
        Assert.Equal(rule == PromotionRule.Gate && passed && verdict is null, waiting.Reasons.Count == 0);
    }

    [Fact]
    public void A_verdict_by_another_policy_neither_promotes_nor_is_recorded()
    {
        using var run = Run.Open(people.Copy(), writable: true);
        var held = Candidate(run, passed: true);
        var own = VerificationPolicy.Default;
        var verdict = VerdictOf(VerdictKind.Complete, held, own with { Alpha = 0.05 });
        Assert.Null(PromotionDecision.ByVerdict(held, verdict, own));
        Assert.Null(PromotionDecision.AtOnce(held, verdict, own, "somebody")!.Verdict);
        var waiting = Waiting.Of(held.Record.Gate, verdict, own);
        Assert.False(waiting.MayBeServed);
        Assert.Contains("another policy", Assert.Single(waiting.Reasons), StringComparison.Ordinal);
    }

    private static HeldCandidate Candidate(Run run, bool passed)
    {
        var request = ForgetRequest.Create("request-0001", new Selection.ByRecords([new RecordId(1)]), [new RecordId(1)], DateTimeOffset.UnixEpoch);
        var plan = new UnlearningPlan
        {
            Method = "retrain",
            RequestId = request.Id,
            Steps = [],
            Estimate = new CostEstimate(1, 1, 1),
            Retraining = new CostEstimate(1, 1, 1),
            Guarantee = Guarantee.Exact,
        };
        var record = new ForgettingRecord
        {
            Request = request.Id,
            Method = "retrain",
            Guarantee = Guarantee.Exact,
            Records = 1,
            Cost = CostAccount.Zero,
            Retraining = plan.Retraining,
            Resuming = plan.Retraining,
            Before = run.Index.Served!.Value,
            After = Digest.OfText("candidate"),
            Destroyed = [],
            Gate = new GateOutcome(true, passed ? [] : ["damaged"]),
        };
        return new HeldCandidate(RequestFolder.Accept(run, request, plan), run.Index with { Served = record.After }, record);
    }

    private static Verdict VerdictOf(VerdictKind kind, HeldCandidate held, VerificationPolicy policy) => new()
    {
        Kind = kind,
        Model = held.Model,
        Request = held.Request.Id,
        Records = 1,
        Method = "retrain",
        Guarantee = Guarantee.Exact,
        Policy = policy.Digest,
        Alpha = policy.Alpha,
        Golds = [2, 3, 4],
        Tests = [],
        Control = new NegativeControl(kind, [], "none"),
        Reasons = ["because"],
        At = DateTimeOffset.UnixEpoch,
    };
}
