using Lethe.Core.Numerics;
using Lethe.Training.Training;

namespace Lethe.Verification.Tests;

/// <summary>Ties, empty inputs, constants and infinities.</summary>
public sealed class AttackEdgeTests
{
    [Fact]
    public void Confidences_stay_finite_where_a_class_has_all_the_probability()
    {
        var sure = LogitScaledConfidence.FromLogits(new float[,] { { 3000, 0 }, { 0, 3000 }, { 1, 1 } }, [0, 0, 1]);
        Assert.InRange(sure[0], 103, 104);
        Assert.Equal(-sure[0], sure[1], 9);
        Assert.Equal(0, sure[2], 12);
        Assert.Equal(sure[0], LogitScaledConfidence.Of(new float[,] { { 1, 0 } }, [0])[0], 9);
        Assert.Empty(LogitScaledConfidence.Of(new float[0, 3], []));
    }

    [Fact]
    public void Confidences_of_what_is_no_output_are_refused()
    {
        Assert.Throws<ArgumentException>(() => LogitScaledConfidence.FromLogits(new float[,] { { float.PositiveInfinity, 0 } }, [0]));
        Assert.Throws<ArgumentException>(() => LogitScaledConfidence.Of(new float[,] { { float.NaN, 0 } }, [0]));
        Assert.Throws<ArgumentException>(() => LogitScaledConfidence.Of(new float[,] { { 1, 0 } }, [2]));
        Assert.Throws<ArgumentException>(() => LogitScaledConfidence.Of(new float[,] { { 1, 0 } }, [0, 1]));
        Assert.Throws<ArgumentException>(() => LogitScaledConfidence.Of(new float[,] { { 1 } }, [0]));
    }

    [Fact]
    public void Every_feature_finds_members_that_the_model_is_sure_of()
    {
        EvaluationResult members = Outputs(400, 0.4, 0.8, 1), unseen = Outputs(400, 0.1, 0.5, 2);
        Assert.All(MembershipFeature.All, feature =>
        {
            var accuracy = feature.Attack(members, unseen, 3).Accuracy;
            Assert.True(accuracy > 0.7, $"{feature.Name}: {accuracy}");
            Assert.True(feature.Curve(members, unseen).Auc > 0.7, feature.Name);
            Assert.InRange(feature.Curve(members, members).Auc, 0.5 - 1e-12, 0.5 + 1e-12);
        });
    }

    [Fact]
    public void U_lira_is_at_chance_on_gold_and_far_above_it_on_members()
    {
        Assert.InRange(new ULira(Confidences(32, 60, 0, 1), Half(32, 60)).LeaveOneOut().Accuracy(0), 0.45, 0.55);
        Assert.InRange(new ULira(Confidences(32, 60, 2, 1), Half(32, 60)).LeaveOneOut().Accuracy(0), 0.841 - 0.03, 0.841 + 0.03); // Φ(1): two normals two deviations apart.
    }

    [Fact]
    public void U_lira_survives_shadow_models_that_agree_to_the_bit()
    {
        Assert.True(double.IsFinite(ULira.Score(1, [1, 1], [0, 0])));
        Assert.True(ULira.Score(1, [1, 1], [0, 0]) > 0);
        Assert.Equal(0, ULira.Score(1, [1, 1], [1, 1]));
    }

    [Fact]
    public void U_lira_with_too_little_is_refused()
    {
        Assert.Throws<ArgumentException>(() => ULira.Score(0, [1], [0, 1]));
        Assert.Throws<ArgumentException>(() => ULira.Score(double.PositiveInfinity, [1, 2], [0, 1]));
        Assert.Throws<ArgumentException>(() => ULira.Score(0, [1, double.NaN], [0, 1]));
        Assert.Throws<ArgumentException>(() => new ULira(new double[3, 2], new bool[3, 1]));
        Assert.Throws<ArgumentException>(() => new ULira(new double[3, 2], new bool[3, 2]).LeaveOneOut());
        Assert.Throws<ArgumentException>(() => new ULira(new double[4, 2], Half(4, 2)).Scores([0]));
        Assert.Throws<ArgumentException>(() => MembershipScores.Of([[0, 1]], new bool[2, 2]));
    }

    [Fact]
    public void Shadow_models_are_divided_only_where_there_are_enough_with_numbers()
    {
        Assert.Null(ShadowDistributions.Of(new double[8, 2], new double[8, 2], Half(8, 2)));
        var split = ShadowDistributions.Of(Confidences(14, 2, 1, 1), Confidences(14, 2, 0, 2), Half(14, 2))!;
        Assert.Equal((3, 3, 2), (split.Models, split.Floor.GetLength(0), split.Reference.GetLength(1)));
        var broken = new double[14, 2];
        broken[3, 1] = double.NaN;
        Assert.Null(ShadowDistributions.Of(broken, new double[14, 2], Half(14, 2)));
        Assert.Null(ShadowDistributions.Of(new double[14, 0], new double[14, 0], new bool[14, 0]));
        Assert.Throws<ArgumentException>(() => ShadowDistributions.Of(new double[14, 2], new double[13, 2], Half(14, 2)));
    }

    [Fact]
    public void Rmia_refuses_what_does_not_fit_and_survives_zero_probabilities()
    {
        var signals = new RmiaSignals([0, 0.5], new double[,] { { 0, 0.5 } }, new bool[1, 2], [0, 0.5], new double[,] { { 0, 0.5 } });
        Assert.All(new Rmia().Score(signals), score => Assert.InRange(score, 0, 1));
        Assert.All(new Rmia(OfflineWeight: 1).Score(signals), score => Assert.InRange(score, 0, 1));
        Assert.Throws<ArgumentException>(() => new Rmia(RmiaMode.Online).Score(signals));
        Assert.Throws<ArgumentException>(() => new Rmia(OfflineWeight: 2).Score(signals));
        Assert.Throws<ArgumentException>(() => new Rmia(Gamma: 0).Score(signals));
        Assert.Throws<ArgumentException>(() => new Rmia().Score(signals with { Population = [] }));
        Assert.Throws<ArgumentException>(() => new Rmia().Score(signals with { Records = [0.5] }));
        Assert.Throws<ArgumentException>(() => new Rmia().Score(signals with { Records = [double.NaN, 1] }));
        Assert.Throws<ArgumentException>(() => new Rmia().Tune(signals));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Rmia().Tune(signals, 1));
    }

    [Fact]
    public void Epsilon_knows_identical_points_separate_points_and_too_few_models()
    {
        double[,] point = { { 1 }, { 1 }, { 1 } }, other = { { 2 }, { 2 }, { 2 } }, spread = { { 0 }, { 1 }, { 3 } };
        Assert.Equal((0, 1), (EpsilonForgetting.Of(point, point).Epsilons[0], EpsilonForgetting.Of(point, point).Quality));
        Assert.Equal((50, 0), (EpsilonForgetting.Of(point, other).Epsilons[0], EpsilonForgetting.Of(point, other).Quality));
        Assert.Equal(50, EpsilonForgetting.Of(point, spread).Epsilons[0]);
        Assert.Throws<ArgumentException>(() => EpsilonForgetting.Of(new double[2, 1], new double[2, 1]));
        Assert.Throws<ArgumentException>(() => EpsilonForgetting.Of(new double[3, 1], new double[4, 1]));
        Assert.Throws<ArgumentException>(() => EpsilonForgetting.Of(new double[3, 0], new double[3, 0]));
        Assert.Throws<ArgumentException>(() => EpsilonForgetting.Of(point, new double[,] { { 1 }, { 1 }, { double.NaN } }));
    }

    [Fact]
    public void Points_halve_from_bin_to_bin_and_the_final_score_pays_for_lost_accuracy()
    {
        Assert.Equal([1, 0.5, 0.25, 0], new[] { 0.49, 0.5, 1.2, 1.5 }.Select(epsilon => EpsilonForgetting.Points(epsilon, 3)));
        Assert.Equal(0, EpsilonForgetting.Points(50, 14));
        Assert.True(double.IsNaN(EpsilonForgetting.Of(0, 0.5)));
        Assert.Equal(double.PositiveInfinity, EpsilonForgetting.Of(0, 0));
        Assert.Equal(0, EpsilonForgetting.Of(1, 1));
        double[,] point = { { 1 }, { 1 }, { 1 } };
        Assert.Equal(0.9 * 0.5, EpsilonForgetting.Of(point, point).FinalScore(0.9, 1, 0.4, 0.8), 12);
    }

    [Fact]
    public void Duci_covers_the_truth_as_often_as_it_says()
    {
        var random = new CounterRandom(11);
        double[] Draw(int count, double mean) => [.. Enumerable.Range(0, count).Select(_ => mean + random.NextNormal())];
        var covered = 0;
        for (var trial = 0; trial < 300; trial++)
        {
            var duci = Duci.Of([.. Draw(60, 1.5), .. Draw(140, 0)], Draw(300, 1.5), Draw(300, 0));
            if (duci.Low <= 0.3 && 0.3 <= duci.High) covered++;
        }
        Assert.InRange(covered / 300.0, 0.92, 1);
    }

    [Fact]
    public void Duci_abstains_where_the_attack_is_blind()
    {
        var blind = Duci.Of([0, 1, 2], [1, 1, 1], [1, 1, 1]);
        Assert.True(double.IsNaN(blind.Fraction) && !blind.Power.HasPower);
        Assert.Throws<ArgumentException>(() => Duci.Of([], [1], [0]));
        Assert.Throws<ArgumentException>(() => Duci.Of([double.NaN], [1], [0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Duci.Of(3, 2, 1, 1, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Duci.Of(1, 2, 1.5, 1, 0, 1));
    }

    private static EvaluationResult Outputs(int count, double low, double range, ulong seed)
    {
        var random = new CounterRandom(seed);
        var probabilities = new float[count, 2];
        var losses = new float[count];
        for (var i = 0; i < count; i++)
        {
            var p = 0.5 + (low + range * random.NextDouble()) / 2.5;
            (probabilities[i, 0], probabilities[i, 1], losses[i]) = ((float)p, (float)(1 - p), (float)-Math.Log(p));
        }
        return new EvaluationResult(1, losses, new int[count], probabilities, new int[count]);
    }

    private static double[,] Confidences(int models, int records, double shift, ulong seed)
    {
        var random = new CounterRandom(seed);
        var (values, inside) = (new double[models, records], Half(models, records));
        for (var m = 0; m < models; m++)
            for (var r = 0; r < records; r++) values[m, r] = random.NextNormal() + (inside[m, r] ? shift : 0);
        return values;
    }

    private static bool[,] Half(int models, int records)
    {
        var inside = new bool[models, records];
        for (var m = 0; m < models; m++)
            for (var r = 0; r < records; r++) inside[m, r] = (m + r) % 2 == 0;
        return inside;
    }
}
