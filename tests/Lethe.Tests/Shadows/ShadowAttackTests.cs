using Lethe.Core.Numerics;
using Lethe.Operations;
using Lethe.Reports;
using Lethe.Verification;

namespace Lethe.Tests.Shadows;

/// <summary>Attacks on made-up answers: models are more sure of the records that they have learned.</summary>
public sealed class ShadowAttackTests
{
    private const int Models = 24, Records = 40, Unseen = 30;
    private static readonly int[] Targets = [.. Enumerable.Range(5, 20)];
    private static readonly int[] Labels = [.. Enumerable.Range(0, Records).Select(i => i % 3)];
    private static readonly int[] UnseenLabels = [.. Enumerable.Range(0, Unseen).Select(i => i % 3)];

    private static readonly IReadOnlyList<ShadowJob> Jobs =
        [.. Enumerable.Range(0, Models).Select(model => new ShadowJob { Seed = (ulong)model, Excluded = [], Forgotten = [.. Targets.Where(target => (target + model) % 2 == 0)] })];

    [Fact]
    public void The_fraction_that_is_still_in_is_found_and_blind_attacks_abstain()
    {
        var attack = Attack(4);
        MembershipScores Learned(int seed, params int[] records) => attack.ULiraOn(Answers((ulong)seed, records, 4));
        MembershipScores[] golds = [.. Enumerable.Range(400, 5).Select(seed => Learned(seed))];
        var row = FractionRow.Of(attack.Shadows, Learned(300, Targets), Learned(301, [.. Targets.Take(10)]), golds)!;
        Assert.InRange(row.Original!.Value, 0.8, 1);
        Assert.InRange(row.Unlearned!.Value, row.UnlearnedRange!.Low, row.UnlearnedRange.High);
        Assert.InRange(row.Unlearned.Value, 0.25, 0.75);
        Assert.InRange(row.Gold!.Mean, 0, 0.2);
        Assert.True(row.HasPower);
        Assert.InRange(row.UnlearnedRange.Low, 0, 1);

        var blind = Attack(0);
        var none = FractionRow.Of(new MembershipScores(blind.Shadows.Others, blind.Shadows.Others), null, blind.Shadows, [])!;
        Assert.True(none is { Unlearned: null, Gold: null, HasPower: false });
        var broken = Answers(300, [], 2);
        broken.Training[Targets[3], 1] = float.NaN;
        Assert.Null(FractionRow.Of(blind.Shadows, null, blind.ULiraOn(broken), []));
    }

    [Fact]
    public void Distributions_of_models_that_forgot_little_lie_far_and_of_those_that_forgot_lie_at_the_floor()
    {
        var remembering = Jobs.Select(job => Answers(job.Seed, job.Forgotten, 6)).ToList();
        Comparison[] Rows(double memory)
        {
            var distributions = Attack(memory).Distributions(remembering)!;
            Assert.Equal(6, distributions.Models);
            return [.. DistributionRows.Of(distributions, new ShadowAccuracy(0.9, 0.8), new ShadowAccuracy(0.5, 0.4), new ShadowAccuracy(1, 0.8))];
        }

        Comparison[] kept = Rows(6), forgot = Rows(0);
        Assert.Equal(4, kept.Length);
        Assert.All(kept, row => Assert.True(row.HasPower));
        Assert.True(kept[0].Unlearned < kept[0].NoiseFloor / 2 && kept[2].Unlearned > kept[2].NoiseFloor + 1);
        Assert.InRange(forgot[0].Unlearned!.Value / forgot[0].NoiseFloor!.Value, 0.6, 1.6);
        Assert.Equal(kept[0].Original!.Value * 0.9, kept[1].Original!.Value, 12);
        Assert.Equal(forgot[0].Unlearned!.Value * 0.25, forgot[1].Unlearned!.Value, 12);
        Assert.Equal(3, DistributionRows.Of(Attack(0).Distributions(remembering)!, new ShadowAccuracy(1, null), new ShadowAccuracy(1, null), new ShadowAccuracy(1, null)).Count());
        Assert.Equal(new ShadowAccuracy(1, 0.5), new ShadowAccuracies([1, 0, 0], [1, 0], [2]).Of([new ShadowLogits(new float[,] { { 0, 1 }, { 1, 0 }, { 0, 1 } }, new float[,] { { 0, 1 }, { 0, 1 } })]));
    }

    [Fact]
    public void What_was_learned_is_found_and_what_was_not_is_chance()
    {
        var remembering = Attack(2);
        Assert.True(remembering.Shadows.Accuracy(0) > 0.75);
        Assert.True(remembering.Population!.Curve().Auc > 0.6);
        ShadowLogits[] golds = [.. Enumerable.Range(100, 16).Select(seed => Answers((ulong)seed, [], 2))];
        Assert.InRange(remembering.ULiraOn(golds).Accuracy(0), 0.44, 0.56);
        Assert.InRange(remembering.RmiaOn(golds)!.Curve().Auc, 0.42, 0.58);
        Assert.True(remembering.ULiraOn(Answers(200, Targets, 2)).Accuracy(0) > 0.65);

        var forgetful = Attack(0).Shadows;
        var interval = forgetful.Interval(scores => scores.Accuracy(0), 1, 200);
        Assert.True(interval.Low <= interval.Value && interval.Value <= interval.High);
        Assert.InRange(interval.Value, 0.42, 0.58);
        Assert.Equal(interval, forgetful.Interval(scores => scores.Accuracy(0), 1, 200));
    }

    [Fact]
    public void Other_answers_of_the_shadow_models_are_attacked_as_their_own_are()
    {
        ShadowLogits[] remembering = [.. Jobs.Select(job => Answers(job.Seed, job.Forgotten, 3))], forgetful = [.. Jobs.Select(job => Answers(job.Seed, job.Forgotten, 1))];
        var after = new ShadowAttack(forgetful, Jobs, Targets, Labels, UnseenLabels);
        Assert.Equal(after.Shadows.Members, after.ULiraOnShadows(forgetful).Members);
        var original = after.ULiraOnShadows(remembering);
        Assert.Equal(after.Shadows.Others, original.Others);
        Assert.True(original.Curve().Auc > after.Shadows.Curve().Auc);
    }

    [Fact]
    public void A_model_without_finite_answers_has_no_figures_instead_of_an_error()
    {
        var broken = Answers(300, [], 2);
        broken.Training[Targets[3], 1] = float.PositiveInfinity;
        var attack = Attack(2);
        Assert.False(attack.ULiraOn(broken).AreNumbers);
        Assert.False(attack.RmiaOn(broken)!.AreNumbers);
        Assert.True(attack.ULiraOn(Answers(300, [], 2)).AreNumbers);
        var among = new ShadowAttack([broken, .. Jobs.Skip(1).Select(job => Answers(job.Seed, job.Forgotten, 2))], Jobs, Targets, Labels, UnseenLabels);
        Assert.False(among.Shadows.AreNumbers || among.Population!.AreNumbers);
    }

    [Fact]
    public void Without_unseen_records_there_is_no_population_attack()
    {
        var attack = new ShadowAttack([.. Jobs.Select(job => Answers(job.Seed, job.Forgotten, 2) with { Unseen = null })], Jobs, Targets, Labels, []);
        Assert.Null(attack.Population);
        Assert.Null(attack.RmiaOn(Answers(100, [], 2)));
    }

    private static ShadowAttack Attack(double memory) =>
        new([.. Jobs.Select(job => Answers(job.Seed, job.Forgotten, memory))], Jobs, Targets, Labels, UnseenLabels);

    private static ShadowLogits Answers(ulong seed, IReadOnlyList<int> learned, double memory)
    {
        var random = new CounterRandom(seed, 11);
        float[,] Made(int[] labels, Func<int, double> sure)
        {
            var logits = new float[labels.Length, 3];
            for (int i = 0; i < labels.Length; i++)
                for (int c = 0; c < 3; c++) logits[i, c] = (float)(random.NextNormal() + (c == labels[i] ? 1 + sure(i) : 0));
            return logits;
        }

        var set = learned.ToHashSet();
        return new ShadowLogits(Made(Labels, i => set.Contains(i) ? memory : 0), Made(UnseenLabels, _ => 0));
    }
}
