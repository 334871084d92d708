using Lethe.Training.Training;

namespace Lethe.Verification.Tests;

/// <summary>Every attack, and every measure beside them, against tests/reference/attack_measures.py.</summary>
public sealed class AttackGoldenTests
{
    private const double Tolerance = 1e-6;
    private readonly Golden _golden = new("attacks.json");

    [Fact]
    public void Logit_scaled_confidence_of_logits_and_of_probabilities()
    {
        var labels = _golden.Integers("logitLabels");
        Same("phiOfLogits", LogitScaledConfidence.FromLogits(_golden.Matrix("logits"), labels));
        Same("phiOfProbabilities", LogitScaledConfidence.Of(_golden.Matrix("probabilities"), labels));
    }

    [Fact]
    public void Entropy_confidence_and_margin()
    {
        var labels = _golden.Integers("logitLabels");
        var result = new EvaluationResult(double.NaN, new float[labels.Length], labels, _golden.Matrix("probabilities"), labels);
        Same("entropy", MembershipFeature.Entropy.Of(result));
        Same("confidence", MembershipFeature.Confidence.Of(result));
        Same("margin", MembershipFeature.Margin.Of(result));
    }

    [Fact]
    public void Roc_curve_area_error_and_careful_end()
    {
        var curve = RocCurve.Of(_golden.Numbers("rocMembers"), _golden.Numbers("rocOthers"));
        Same("auc", curve.Auc);
        Same("aucError", curve.AucStandardError);
        Same("balanced", curve.BalancedAccuracy);
        Same("tpr0001", curve.TprAt(0.001));
        Same("tpr001", curve.TprAt(0.01));
        Same("tpr01", curve.TprAt(0.1));
    }

    [Fact]
    public void U_lira_by_leaving_each_model_out()
    {
        var (phi, inside) = (_golden.Doubles("phi"), _golden.FlagMatrix("phiInside"));
        var attack = new ULira(phi, inside).LeaveOneOut();
        Same("liraMembers", [.. attack.Members.SelectMany(scores => scores)]);
        Same("liraOthers", [.. attack.Others.SelectMany(scores => scores)]);
        Same("liraAccuracy", attack.Accuracy(0));
        Same("liraAuc", attack.Curve().Auc);
    }

    [Fact]
    public void Rmia_offline_online_with_one_reference_model_and_tuned()
    {
        var signals = new RmiaSignals(
            _golden.Numbers("rmiaTarget"), _golden.Doubles("rmiaRefs"), _golden.FlagMatrix("rmiaSeen"),
            _golden.Numbers("rmiaPopulation"), _golden.Doubles("rmiaPopulationRefs"));
        Same("rmiaOffline", new Rmia().Score(signals));
        Same("rmiaGamma2", new Rmia(OfflineWeight: 0.6, Gamma: 2).Score(signals));
        Same("rmiaOnline", new Rmia(RmiaMode.Online).Score(signals));
        Same("rmiaWeight", new Rmia().Tune(signals).OfflineWeight);
        var single = signals with
        {
            References = First(signals.References),
            Inside = First(signals.Inside),
            PopulationReferences = First(signals.PopulationReferences),
        };
        Same("rmiaSingle", new Rmia(OfflineWeight: 0.8).Score(single));
    }

    [Fact]
    public void Epsilon_of_each_record_and_the_challenges_points()
    {
        var forgetting = EpsilonForgetting.Of(_golden.Doubles("epsUnlearned"), _golden.Doubles("epsGold"));
        Same("epsilons", forgetting.Epsilons);
        Same("epsQuality", forgetting.Quality);
        Same("epsBins", forgetting.Bins);
        Assert.Equal(Math.Log(15), forgetting.MaxFiniteEpsilon, 12);
        Assert.Contains("n = 16 (largest finite ε ln(n − 1) = 2.71)", forgetting.Label, StringComparison.Ordinal);
    }

    [Fact]
    public void Duci_with_threshold_and_interval()
    {
        var duci = Duci.Of(_golden.Numbers("duciScores"), _golden.Numbers("duciMembers"), _golden.Numbers("duciOthers"));
        Same("duciThreshold", duci.Threshold);
        Same("duciFraction", duci.Fraction);
        Same("duciHalf", (duci.High - duci.Low) / 2);
        Assert.True(duci.Power.HasPower);
    }

    [Fact]
    public void Shadow_models_before_and_after_they_forgot()
    {
        var (before, after, inside) = (_golden.Doubles("shadowBefore"), _golden.Doubles("shadowAfter"), _golden.FlagMatrix("shadowInside"));
        var split = ShadowDistributions.Of(before, after, inside)!;
        Assert.Equal(_golden.Number("shadowSide"), split.Models);
        (double[,] Side, double[,] Reference)[] sides =
        [
            (split.Original, split.OriginalReference), (split.OriginalFloor, split.OriginalReference), (split.Unlearned, split.Reference), (split.Floor, split.Reference),
        ];
        Same("shadowQualities", [.. sides.Select(pair => EpsilonForgetting.Of(pair.Side, pair.Reference).Quality)]);
        Klom[] kloms = [.. sides.Select(pair => Klom.Of(pair.Side, pair.Reference))];
        Assert.Equal(_golden.Rows("shadowKloms").SelectMany(row => row), kloms.SelectMany(klom => new[] { klom.Mean, klom.Upper }), (left, right) => Math.Abs(left - right) < 1e-9);
        Assert.True(kloms[0].PowerAgainst(kloms[1]).HasPower);
        Assert.False(kloms[3].PowerAgainst(kloms[1]).HasPower);

        var attack = new ULira(before, inside);
        double[] scores = attack.Scores(_golden.Numbers("shadowTarget"));
        Same("shadowScores", scores);
        var shadows = attack.LeaveOneOut();
        Same("shadowFraction", Duci.Of(scores, [.. shadows.Members.SelectMany(own => own)], [.. shadows.Others.SelectMany(own => own)]).Fraction);
    }

    [Fact]
    public void Zero_retrain_forgetting_score() => Same("zrf", Zrf.Of(_golden.Matrix("zrfModel"), _golden.Matrix("zrfRandom")));

    [Fact]
    public void Divergence_of_margins_from_gold()
    {
        Same("klom", Klom.OfRecord(_golden.Numbers("klomP"), _golden.Numbers("klomQ")));
        var distance = MarginDivergence.FromGold(_golden.Numbers("candidateMargins"), _golden.Rows("goldMargins"));
        Same("marginMedian", distance.Median);
        Same("marginUpper", distance.Upper);
        Same("marginFloor", distance.Floor);
    }

    [Fact]
    public void Influence_of_records_on_their_own_loss_and_its_power()
    {
        float[][] golds = [.. _golden.Rows("goldLosses").Select(row => Array.ConvertAll(row, x => (float)x))];
        var influence = RecordInfluence.Of(_golden.Singles("originalLosses"), _golden.Singles("candidateLosses"), golds);
        Same("influence", influence.Records.Select(record => record.Influence));
        Same("influenceMean", influence.MeanInfluence);
        Same("influenceRemoved", influence.Removed);
        Same("remembered", influence.Remembered);
        Same("powerEffect", influence.Power.Effect);
        Same("powerThreshold", influence.Power.Threshold);
    }

    [Fact]
    public void Backdoor_test_with_a_million_queries()
    {
        var test = BackdoorTest.Of(1_000_000, 0.102, 0.1);
        Assert.Equal((int)_golden.Number("largeThreshold"), test.Threshold);
        Assert.Equal(_golden.Number("largeSize"), test.Size, 1e-13);
        Assert.Equal(_golden.Number("largeBeta"), test.Beta, 1e-13);
    }

    [Fact]
    public void Backdoor_test_in_both_forms()
    {
        var test = BackdoorTest.Of(30, 0.6, 0.1);
        Assert.Equal((int)_golden.Number("thirtyThreshold"), test.Threshold);
        Assert.Equal(_golden.Number("thirtySize"), test.Size, 1e-15);
        Assert.Equal(_golden.Number("thirtyBeta"), test.Beta, 1e-15);
        Assert.Equal(_golden.Number("thirtyPublishedSize"), BackdoorTest.Of(30, 0.6, 0.1, form: BackdoorForm.AsPublished).Size, 1e-15);
    }

    [Fact]
    public void Memory_of_blocks_and_the_age_from_which_nothing_is_left()
    {
        float[][] blocks = [.. _golden.Rows("blockLosses").Select(row => Array.ConvertAll(row, x => (float)x))];
        var profile = MemoryProfile.Of(blocks, _golden.Singles("unseenLosses"));
        Same("blockAuc", profile.Points.Select(point => point.Auc));
        Same("blockP", profile.Points.Select(point => point.PValue));
        Assert.Equal((int)_golden.Number("nothingLeftFrom"), profile.NothingLeftFrom);
    }

    private void Same(string name, double value) => Assert.Equal(_golden.Number(name), value, Tolerance);

    private void Same(string name, IEnumerable<double> values) =>
        Assert.Equal(_golden.Numbers(name), values, (expected, value) => Math.Abs(expected - value) <= Tolerance);

    private void Same(string name, IEnumerable<float> values) => Same(name, values.Select(value => (double)value));

    private static T[,] First<T>(T[,] matrix)
    {
        var row = new T[1, matrix.GetLength(1)];
        for (var i = 0; i < row.Length; i++) row[0, i] = matrix[0, i];
        return row;
    }
}
