using System.Globalization;
using Lethe.Core.Verdicts;

namespace Lethe.Verification;

/// <summary>What must be looked at whatever the tests say: nothing was forgotten, or too much was lost.</summary>
internal static class VerdictAlarms
{
    public static IReadOnlyList<VerdictAlarm> Of(JudgedCase facts, VerificationPolicy policy, TestBattery battery, VerdictTest[] tests)
    {
        var alarms = new List<VerdictAlarm>();
        if (facts.Original == facts.Model)
            alarms.Add(new VerdictAlarm(VerdictAlarm.NothingForgotten, "The unlearned model is the original, byte for byte: nothing was forgotten."));
        else if (LooksUntouched(battery, tests))
            alarms.Add(new VerdictAlarm(VerdictAlarm.NothingForgotten, "By every measure that has power, the model measures as the untouched original does: nothing was forgotten."));
        if (Damage(facts.Useful, policy) is { } damage)
            alarms.Add(new VerdictAlarm(VerdictAlarm.Damaged, damage));
        return alarms;
    }

    /// <summary>All tests with power find the model outside, closer to the original than to gold, and where another such original might lie.</summary>
    private static bool LooksUntouched(TestBattery battery, VerdictTest[] tests)
    {
        int[] counting = [.. Enumerable.Range(0, tests.Length).Where(battery.Counts)];
        return counting.Length > 0 && counting.All(test =>
        {
            var (range, original, value) = (battery.NullOf(test)!, battery.OriginalOf(test), battery.Measures[test].Scaled(tests[test].Candidate));
            return tests[test].Outcome == TestOutcome.Outside
                && Math.Abs(value - original) < Math.Abs(value - range.Mean)
                && Math.Abs(value - original) <= Math.Sqrt(2) * range.HalfWidth(battery.Level);
        });
    }

    /// <summary>What was lost, if it is more than the policy allows and more than training seeds explain; null otherwise.</summary>
    private static string? Damage(UsefulAccuracy useful, VerificationPolicy policy)
    {
        if (!double.IsFinite(useful.Candidate)) return "The model gives no finite answers.";
        var range = NullDistribution.Of([.. useful.Golds], 1.0 / Math.Max(1, useful.Records));
        var reference = range?.Mean ?? useful.Original;
        if (reference is not { } expected || expected - useful.Candidate <= policy.MaxAccuracyLoss || range?.PValue(useful.Candidate) > policy.Alpha)
            return null;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Accuracy on records that it should know is {useful.Candidate:0.0 %}, {(range is null ? "before it was" : "gold has")} {expected:0.0 %}; the policy allows a loss of {policy.MaxAccuracyLoss:0.0 %}: the model is damaged.");
    }
}
