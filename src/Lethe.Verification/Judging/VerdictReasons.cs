using System.Globalization;
using Lethe.Core.Plans;
using Lethe.Core.Verdicts;

namespace Lethe.Verification;

/// <summary>A verdict in plain words.</summary>
internal static class VerdictReasons
{
    public static IReadOnlyList<string> Of(Verdict verdict, VerificationPolicy policy)
    {
        VerdictTest[] all = [.. verdict.Tests, .. verdict.Retests];
        return
        [
            Conclusion(verdict, policy, all),
            .. verdict.Alarms.Select(alarm => $"Alarm: {alarm.Message}"),
            .. all.Where(test => test.Outcome == TestOutcome.Outside).Select(test => $"{test.Name}: {test.Why}"),
            .. Reach(all),
            .. Control(verdict, policy, all),
            .. Again(verdict, policy),
            .. Neighbours(verdict.Neighbours),
            .. Named(verdict),
            Guarantees(verdict.Guarantee),
        ];
    }

    private static string Conclusion(Verdict verdict, VerificationPolicy policy, VerdictTest[] all)
    {
        int counting = all.Count(test => test.Outcome != TestOutcome.Abstained), outside = all.Count(test => test.Outcome == TestOutcome.Outside);
        var golds = verdict.GoldCount == 1 ? "1 gold model" : string.Create(CultureInfo.InvariantCulture, $"{verdict.GoldCount} gold models");
        return verdict.Kind switch
        {
            VerdictKind.Complete => $"COMPLETE: {Tests(counting)} with power cannot tell the model from {golds} that never saw the records.",
            VerdictKind.Incomplete when outside > 0 => $"INCOMPLETE: {outside.ToString(CultureInfo.InvariantCulture)} of {Tests(all.Count(test => !double.IsNaN(test.P)))} tell{(outside == 1 ? "s" : "")} the model from {golds} that never saw the records.",
            VerdictKind.Incomplete => "INCOMPLETE: an alarm was raised.",
            _ when verdict.GoldCount == 0 => "UNVERIFIED: there is no gold model, so that nothing says how a model would look that never saw the records.",
            _ when verdict.GoldCount < policy.MinGolds => $"UNVERIFIED: {golds} {(verdict.GoldCount == 1 ? "is" : "are")} too few, the policy asks for {policy.MinGolds.ToString(CultureInfo.InvariantCulture)}.",
            _ when all.All(test => test.Original is null) => "UNVERIFIED: the untouched original was not measured, so that nobody knows which tests would notice it.",
            _ => $"UNVERIFIED: no test can tell even the untouched original from {golds}, so that none says anything about forgetting. The records left no trace that these measures can see, or too few gold models were trained.",
        };
    }

    private static IEnumerable<string> Reach(VerdictTest[] all)
    {
        if (all.Select(test => test.Detectable).Min() is { } least)
            yield return string.Create(CultureInfo.InvariantCulture, $"The sharpest test would have noticed a remainder of {least:0 %} of the original's distance from gold; smaller ones can hide in the spread of gold.");
    }

    private static IEnumerable<string> Control(Verdict verdict, VerificationPolicy policy, VerdictTest[] all)
    {
        var control = verdict.Control;
        if (verdict.GoldCount < policy.MinGolds) yield break;
        if (all.All(test => test.Original is null))
            yield return $"Negative control: impossible, the untouched original is unknown ({control.Source}), and with it whether any test has power.";
        else if (control.Kind == VerdictKind.Incomplete)
            yield return $"Negative control: the untouched original ({control.Source}) fails {Tests(control.Failed.Count)}, as it must: {string.Join(", ", control.Failed)}.";
        else
            yield return $"Negative control: the untouched original ({control.Source}) passes everything, which shows that there is no power.";
    }

    private static IEnumerable<string> Again(Verdict verdict, VerificationPolicy policy)
    {
        if (verdict.Retests.Count == 0)
            yield break;
        string[] how = [.. new[] { policy.RelearnSteps > 0 ? string.Create(CultureInfo.InvariantCulture, $"{policy.RelearnSteps} steps of relearning") : null, policy.Int8Rounding ? "rounding to eight bits" : null }.OfType<string>()];
        var counting = verdict.Retests.Where(test => test.Outcome != TestOutcome.Abstained).ToList();
        var found = counting.Count == 0 ? "no test has power" : counting.Any(test => test.Outcome == TestOutcome.Outside) ? "the difference shows" : "nothing comes back";
        yield return $"Re-tests after {string.Join(" and after ", how)}: {found}.";
    }

    private static IEnumerable<string> Neighbours(NeighbourPrivacy? privacy)
    {
        if (privacy is null) yield break;
        var before = privacy.Original is { } original ? string.Create(CultureInfo.InvariantCulture, $"{original:0.000} before, ") : "";
        yield return string.Create(CultureInfo.InvariantCulture, $"Retained neighbours: a membership attack on the {privacy.Records} retained records closest to the forgotten ones scores {before}{privacy.Candidate:0.000} now (0.5 is chance): ")
            + (privacy.Exposed ? "they became easier to recognise than by the original and by any gold model." : "they are not more exposed than before.");
    }

    private static IEnumerable<string> Named(Verdict verdict)
    {
        if (verdict.NamedGolds.Count > 0)
            yield return "Gold models: files that were named. That they never saw the records is the word of whoever named them; the verdict holds the digests of their parameters.";
    }

    private static string Guarantees(Guarantee guarantee) => guarantee switch
    {
        Guarantee.Exact => "Guarantee: exact. The method trains without the records from a state that never saw them; that holds by construction and can be replayed, whatever was measured here.",
        Guarantee.Approximate => "Guarantee: approximate. What is known about this model is what was measured here.",
        _ => "Guarantee: none (heuristic). What is known about this model is what was measured here.",
    };

    private static string Tests(int count) => count == 1 ? "1 test" : string.Create(CultureInfo.InvariantCulture, $"{count} tests");
}
