using Lethe.Core.Numerics;
using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Core.Verdicts;

namespace Lethe.Verification.Tests.Judging;

public sealed class JudgeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly VerificationPolicy Policy = new() { Alpha = 0.05, Power = 0.95 };
    private static readonly double[] Golds = [0.10, 0.12, 0.09, 0.11, 0.13];

    [Fact]
    public void A_model_where_gold_lies_is_complete()
    {
        var verdict = Decide(Case([Measure(original: 0.95, candidate: 0.115)]));
        Assert.Equal(VerdictKind.Complete, verdict.Kind);
        Assert.StartsWith("COMPLETE: 1 test", verdict.Reasons[0], StringComparison.Ordinal);
        Assert.Equal((VerdictKind.Incomplete, "accuracy"), (verdict.Control.Kind, Assert.Single(verdict.Control.Failed)));
        Assert.InRange(verdict.Tests[0].Detectable!.Value, 0.01, 0.2);
    }

    [Theory]
    [InlineData(0.4, "Too little was forgotten: 35 %")]
    [InlineData(0, "Over-forgotten")]
    [InlineData(1.2, "Further from gold than the untouched original")]
    [InlineData(double.NaN, "no finite number")]
    public void A_model_outside_golds_range_is_incomplete_on_both_sides(double candidate, string why)
    {
        var verdict = Decide(Case([Measure(original: 0.95, candidate: candidate)]));
        Assert.Equal(VerdictKind.Incomplete, verdict.Kind);
        Assert.Contains(verdict.Reasons, reason => reason.Contains(why, StringComparison.Ordinal));
        Assert.DoesNotContain(verdict.Alarms, alarm => alarm.Name == VerdictAlarm.NothingForgotten);
    }

    [Fact]
    public void Where_the_original_lies_within_golds_range_every_test_abstains()
    {
        var verdict = Decide(Case([Measure(original: 0.14, candidate: 0.12), Measure(original: 0.09, candidate: 0.13)]));
        Assert.Equal(VerdictKind.Unverified, verdict.Kind);
        Assert.All(verdict.Tests, test => Assert.Equal(TestOutcome.Abstained, test.Outcome));
        Assert.Equal(VerdictKind.Unverified, verdict.Control.Kind);
    }

    [Fact]
    public void A_model_unlike_gold_is_incomplete_where_the_original_looks_like_gold()
    {
        var verdict = Decide(Case([Measure(original: 0.14, candidate: 0.12), Measure(original: 0.09, candidate: 0.9)]));
        Assert.Equal(VerdictKind.Incomplete, verdict.Kind);
        Assert.Equal([TestOutcome.Abstained, TestOutcome.Outside], verdict.Tests.Select(test => test.Outcome));
        Assert.StartsWith("INCOMPLETE: 1 of 2 tests tells the model", verdict.Reasons[0], StringComparison.Ordinal);
        Assert.Contains("The untouched original looks like gold here, and the model does not", verdict.Tests[1].Why, StringComparison.Ordinal);
        Assert.Null(verdict.Tests[1].Detectable);
        Assert.Equal(VerdictKind.Unverified, verdict.Control.Kind);
    }

    [Fact]
    public void An_original_outside_golds_range_is_no_control_without_power()
    {
        double barely = NullDistribution.Of(Golds)!.Range(Policy.Alpha).High * 1.01;
        var verdict = Decide(Case([Measure(original: barely, candidate: 0.11)]));
        Assert.Equal((VerdictKind.Unverified, VerdictKind.Unverified, 0), (verdict.Kind, verdict.Control.Kind, verdict.Control.Failed.Count));
    }

    [Fact]
    public void Gold_models_that_were_named_as_files_stand_in_the_verdict_by_their_digests()
    {
        Digest[] named = [.. Golds.Select(gold => Digest.OfText(gold.ToString(System.Globalization.CultureInfo.InvariantCulture)))];
        var verdict = Decide(Case([Measure(original: 0.95, candidate: 0.115)], golds: 0) with { NamedGolds = named, Useful = new UsefulAccuracy(0.96, 0.95, [.. Golds.Select(gold => 0.9 + gold / 2)], 1000) });
        Assert.Equal((VerdictKind.Complete, 5), (verdict.Kind, verdict.GoldCount));
        Assert.Empty(verdict.Golds);
        Assert.Equal(named, Verdict.FromJson(verdict.ToJson()).NamedGolds);
        Assert.Contains(verdict.Reasons, reason => reason.StartsWith("Gold models: files that were named", StringComparison.Ordinal));
    }

    [Fact]
    public void A_gold_model_is_found_incomplete_at_most_as_often_as_alpha_says_without_power_too()
    {
        var random = new CounterRandom(6, 1);
        int found = 0;
        const int rounds = 1500, measures = 4;
        for (int round = 0; round < rounds; round++)
        {
            var tests = Enumerable.Range(0, measures).Select(_ => Measure(0, random.NextNormal()) with { Golds = [.. Golds.Select(_ => random.NextNormal())] }).ToList();
            if (Judge.Decide(Case(tests), Policy with { Alpha = 0.2 }, Now).Kind == VerdictKind.Incomplete) found++;
        }

        Assert.InRange(found / (double)rounds, 0.14, 0.22);
    }

    [Fact]
    public void Power_just_beyond_the_range_is_not_enough()
    {
        var range = NullDistribution.Of(Golds)!;
        double barely = range.Range(Policy.Alpha).High * 1.01;
        Assert.Equal(VerdictKind.Unverified, Decide(Case([Measure(original: barely, candidate: 0.11)])).Kind);
        Assert.InRange(range.Power(barely, Policy.Alpha), 0.4, 0.7);
    }

    [Fact]
    public void Without_an_original_nothing_is_known_about_power()
    {
        var verdict = Decide(Case([Measure(original: null, candidate: 0.9)]));
        Assert.Equal(VerdictKind.Unverified, verdict.Kind);
        Assert.Null(verdict.Tests[0].Power);
        Assert.Contains("was not measured", verdict.Reasons[0], StringComparison.Ordinal);
        Assert.Contains(verdict.Reasons, reason => reason.StartsWith("Negative control: impossible", StringComparison.Ordinal));
        Assert.Contains("not measured", verdict.Tests[0].Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_gold_models_leave_it_unverified_however_far_the_model_lies()
    {
        var verdict = Decide(Case([Measure(original: 0.95, candidate: 0.9) with { Golds = [0.1, 0.11] }], golds: 2));
        Assert.Equal(VerdictKind.Unverified, verdict.Kind);
        Assert.Contains("2 gold models are too few", verdict.Reasons[0], StringComparison.Ordinal);
        verdict = Decide(Case([Measure(original: 0.95, candidate: 0.9) with { Golds = [0.1] }], golds: 1));
        Assert.StartsWith("UNVERIFIED: 1 gold model is too few", verdict.Reasons[0], StringComparison.Ordinal);
        verdict = Decide(Case([Measure(original: 0.95, candidate: 0.9) with { Golds = [] }], golds: 0));
        Assert.StartsWith("UNVERIFIED: there is no gold model", verdict.Reasons[0], StringComparison.Ordinal);
        verdict = Decide(Case([], golds: 0) with { Useful = new UsefulAccuracy(0.96, 0.4, [], 1000) });
        Assert.Equal((VerdictKind.Incomplete, VerdictAlarm.Damaged), (verdict.Kind, Assert.Single(verdict.Alarms).Name));
        Assert.DoesNotContain(verdict.Reasons, reason => reason.StartsWith("Negative control", StringComparison.Ordinal));
    }

    [Fact]
    public void The_original_itself_raises_the_alarm_even_without_power()
    {
        var facts = Case([Measure(original: 0.12, candidate: 0.12)]);
        var verdict = Decide(facts with { Original = facts.Model });
        Assert.Equal((VerdictKind.Incomplete, VerdictAlarm.NothingForgotten), (verdict.Kind, Assert.Single(verdict.Alarms).Name));
    }

    [Fact]
    public void A_model_that_measures_as_the_original_raises_the_alarm()
    {
        var verdict = Decide(Case([Measure(original: 0.95, candidate: 0.93), Measure(original: 0.12, candidate: 0.12)]));
        Assert.Equal((VerdictKind.Incomplete, VerdictAlarm.NothingForgotten), (verdict.Kind, Assert.Single(verdict.Alarms).Name));
    }

    [Fact]
    public void Damage_is_incomplete_whatever_the_tests_say()
    {
        var facts = Case([Measure(original: 0.95, candidate: 0.11)]) with { Useful = new UsefulAccuracy(0.96, 0.5, [0.95, 0.96, 0.955, 0.95, 0.96], 1000) };
        var verdict = Decide(facts);
        Assert.Equal((VerdictKind.Incomplete, VerdictAlarm.Damaged), (verdict.Kind, Assert.Single(verdict.Alarms).Name));
        Assert.Contains("50.0 %", verdict.Alarms[0].Message, StringComparison.Ordinal);
        var noisy = facts with { Useful = new UsefulAccuracy(0.96, 0.5, [0.95, 0.6, 0.4, 0.9, 0.7], 1000) };
        Assert.Equal(VerdictKind.Complete, Decide(noisy).Kind);
    }

    [Fact]
    public void Re_tests_count_and_stand_apart()
    {
        var verdict = Decide(Case([Measure(0.95, 0.11), Measure(0.99, 0.6) with { Name = VerdictMeasures.RelearnedAccuracy, IsRetest = true }]));
        Assert.Equal(VerdictKind.Incomplete, verdict.Kind);
        Assert.Equal((TestOutcome.Within, TestOutcome.Outside), (verdict.Tests.Single().Outcome, verdict.Retests.Single().Outcome));
        Assert.Contains(verdict.Reasons, reason => reason.Contains("10 steps of relearning", StringComparison.Ordinal) && reason.Contains("the difference shows", StringComparison.Ordinal));
    }

    [Fact]
    public void A_measure_that_is_off_is_left_out()
    {
        var policy = Policy with { Measures = new Dictionary<string, bool> { [VerdictMeasures.ForgottenLoss] = false } };
        var verdict = Judge.Decide(Case([Measure(0.95, 0.11), Measure(0.95, 0.9) with { Name = VerdictMeasures.ForgottenLoss }]), policy, Now);
        Assert.Equal((VerdictKind.Complete, 1), (verdict.Kind, verdict.Tests.Count));
        Assert.Equal(policy.Digest, verdict.Policy);
    }

    [Fact]
    public void A_distance_from_gold_is_only_suspicious_when_it_is_large()
    {
        var near = Measure(original: 0.9, candidate: 0.001) with { IsDistance = true };
        Assert.Equal(VerdictKind.Complete, Decide(Case([near])).Kind);
        Assert.Equal(VerdictKind.Incomplete, Decide(Case([near with { Candidate = 0.6 }])).Kind);
    }

    [Fact]
    public void A_loss_is_compared_by_its_logarithm_and_shown_as_it_is()
    {
        var loss = Measure(original: 0.002, candidate: 1.2) with { Golds = [1.0, 1.3, 0.9, 1.1, 1.4], ByRatio = true };
        var verdict = Decide(Case([loss]));
        var range = NullDistribution.Of([.. loss.Golds.Select(gold => Math.Log(gold))])!.Range(Policy.Alpha);
        Assert.Equal(VerdictKind.Complete, verdict.Kind);
        Assert.Equal((Math.Exp(range.Low), Math.Exp(range.High)), (verdict.Tests[0].NullLow, verdict.Tests[0].NullHigh));
        Assert.Equal(VerdictKind.Incomplete, Decide(Case([loss with { Candidate = 0.3 }])).Kind);
        Assert.Equal(VerdictAlarm.NothingForgotten, Assert.Single(Decide(Case([loss with { Candidate = 0.0021 }])).Alarms).Name);
        Assert.Equal(VerdictKind.Incomplete, Decide(Case([loss with { Candidate = 0, Original = 0 }])).Kind);
    }

    [Theory]
    [InlineData(Guarantee.Exact, "Guarantee: exact")]
    [InlineData(Guarantee.Approximate, "approximate")]
    [InlineData(Guarantee.Heuristic, "heuristic")]
    public void The_guarantee_is_told_apart_from_the_measurement(Guarantee guarantee, string words)
    {
        var verdict = Decide(Case([Measure(0.12, 0.12)]) with { Guarantee = guarantee });
        Assert.Equal((VerdictKind.Unverified, guarantee), (verdict.Kind, verdict.Guarantee));
        Assert.Contains(words, verdict.Reasons[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_of_a_verdict_is_read_back_as_it_was()
    {
        var facts = Case([Measure(0.95, double.NaN), Measure(null, 0.1) with { IsDistance = true }]);
        var verdict = Decide(facts with { Neighbours = NeighbourAttack.Compare(50, 0.6, 0.9, [0.6, 0.61, 0.6], 0.05) });
        Assert.Equal(verdict.ToJson(), Verdict.FromJson(verdict.ToJson()).ToJson());
        Assert.True(verdict.Neighbours!.Exposed);
        Assert.Contains(verdict.Reasons, reason => reason.Contains("easier to recognise", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public void Of_few_records_no_figures_are_stored(int records, bool figures)
    {
        var verdict = Decide(Case([Measure(0.95, 0.11)]) with { Records = records });
        var test = Verdict.FromJson(verdict.Kept().ToJson()).Tests[0];
        Assert.Equal(figures, double.IsFinite(test.Candidate) && test.Original is not null && test.Golds.Count > 0 && double.IsFinite(test.NullLow));
        Assert.Equal((verdict.Tests[0].Outcome, verdict.Tests[0].P, verdict.Tests[0].Power), (test.Outcome, test.P, test.Power));
    }

    [Fact]
    public void A_gold_model_is_found_incomplete_at_most_as_often_as_alpha_says()
    {
        var random = new CounterRandom(5, 1);
        int found = 0;
        const int rounds = 1500, measures = 4;
        for (int round = 0; round < rounds; round++)
        {
            var tests = Enumerable.Range(0, measures).Select(_ => Measure(100, random.NextNormal()) with { Golds = [.. Golds.Select(_ => random.NextNormal())] }).ToList();
            if (Judge.Decide(Case(tests), Policy with { Alpha = 0.2 }, Now).Kind != VerdictKind.Complete) found++;
        }

        Assert.InRange(found / (double)rounds, 0.14, 0.22);
    }

    private static Verdict Decide(JudgedCase facts) => Judge.Decide(facts, Policy, Now);

    private static JudgedMeasure Measure(double? original, double candidate) => new()
    {
        Name = "accuracy",
        Definition = "Share.",
        Original = original,
        Candidate = candidate,
        Golds = Golds,
        Resolution = 0.001,
    };

    private static JudgedCase Case(IReadOnlyList<JudgedMeasure> measures, int golds = 5) => new()
    {
        Model = Digest.OfText("candidate"),
        Original = Digest.OfText("original"),
        OriginalSource = "the model itself",
        Request = "request-0001",
        Records = 1000,
        Method = "retrain",
        Guarantee = Guarantee.Exact,
        Golds = [.. Enumerable.Range(2, golds).Select(seed => (ulong)seed)],
        Measures = measures,
        Useful = new UsefulAccuracy(0.96, 0.95, [.. Golds.Select(gold => 0.9 + gold / 2).Take(golds)], 1000),
    };
}
