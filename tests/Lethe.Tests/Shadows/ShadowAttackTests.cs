using Lethe.Core.Numerics;
using Lethe.Operations;
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
    public void Scores_are_those_of_the_pure_functions()
    {
        var answers = Jobs.Select(job => Answers(job.Seed, job.Forgotten, 2)).ToList();
        var attack = new ShadowAttack(answers, Jobs, Targets, Labels, UnseenLabels);
        var confidences = new double[Models, Targets.Length];
        var inside = new bool[Models, Targets.Length];
        for (int model = 0; model < Models; model++)
        {
            double[] all = LogitScaledConfidence.FromLogits(answers[model].Training, Labels);
            for (int i = 0; i < Targets.Length; i++)
                (confidences[model, i], inside[model, i]) = (all[Targets[i]], Jobs[model].Forgotten.Contains(Targets[i]));
        }

        var expected = ULira.LeaveOneOut(confidences, inside);
        Assert.Equal(expected.Accuracy, attack.Shadows.Accuracy(0), 12);
        Assert.Equal(expected.Roc.Auc, attack.Shadows.Curve().Auc, 12);
        Assert.Equal(expected.MemberScores, attack.Shadows.Members.SelectMany(scores => scores));
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
