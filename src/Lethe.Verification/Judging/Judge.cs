using Lethe.Core.Verdicts;

namespace Lethe.Verification;

/// <summary>
/// Decides whether a model can be told from models that never saw the forgotten records. Fail-closed: it finds COMPLETE only where tests
/// that would have noticed the untouched original find nothing, and no alarm was raised.
/// </summary>
public static class Judge
{
    /// <summary>Builds the verdict.</summary>
    /// <param name="facts">What was measured.</param>
    /// <param name="policy">Levels and bounds.</param>
    /// <param name="at">The time to write into the verdict.</param>
    /// <exception cref="Core.Errors.BadDataException">The policy's values lie outside their bounds.</exception>
    public static Verdict Decide(JudgedCase facts, VerificationPolicy policy, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(policy);
        policy.Validate();
        var measures = facts.Measures.Where(measure => policy.Uses(measure.Name)).ToList();
        var battery = new TestBattery(measures, policy, facts.GoldCount);
        var tests = battery.Run(measure => measure.Candidate);
        var control = battery.Run(measure => measure.Original ?? double.NaN);
        string[] failed = [.. control.Where((test, i) => test.Outcome == TestOutcome.Outside && battery.Counts(i)).Select(test => test.Name)];
        var alarms = VerdictAlarms.Of(facts, policy, battery, tests);
        var kind = alarms.Count > 0 ? VerdictKind.Incomplete
            : facts.GoldCount < policy.MinGolds ? VerdictKind.Unverified
            : tests.Any(test => test.Outcome == TestOutcome.Outside) ? VerdictKind.Incomplete
            : failed.Length == 0 ? VerdictKind.Unverified
            : VerdictKind.Complete;
        var verdict = new Verdict
        {
            Kind = kind,
            Model = facts.Model,
            Request = facts.Request,
            Records = facts.Records,
            Method = facts.Method,
            Guarantee = facts.Guarantee,
            Policy = policy.Digest,
            Alpha = policy.Alpha,
            Golds = facts.Golds,
            NamedGolds = facts.NamedGolds,
            Tests = [.. tests.Where((_, i) => !measures[i].IsRetest)],
            Retests = [.. tests.Where((_, i) => measures[i].IsRetest)],
            Control = new NegativeControl(failed.Length > 0 ? VerdictKind.Incomplete : VerdictKind.Unverified, failed, facts.OriginalSource),
            Alarms = alarms,
            Neighbours = facts.Neighbours,
            Reasons = [],
            At = at,
        };
        return verdict with { Reasons = VerdictReasons.Of(verdict, policy) };
    }
}
