namespace Lethe.Verification.Tests;

public sealed class RocCurveTests
{
    [Fact]
    public void A_perfect_attack_a_reversed_one_and_one_without_any_information()
    {
        var perfect = RocCurve.Of([3, 4], [1, 2]);
        Assert.Equal((1, 1, 1), (perfect.Auc, perfect.BalancedAccuracy, perfect.TprAt(0.001)));
        Assert.Equal(0, perfect.AucStandardError);
        var reversed = RocCurve.Of([1, 2], [3, 4]);
        Assert.Equal((0, 0.5, 0), (reversed.Auc, reversed.BalancedAccuracy, reversed.TprAt(0.01)));
        var constant = RocCurve.Of([5, 5, 5], [5, 5]);
        Assert.Equal((0.5, 0.5, 0), (constant.Auc, constant.BalancedAccuracy, constant.TprAt(0.5)));
        Assert.Equal([(0, 0), (1, 1)], constant.Points.Select(point => (point.FalsePositiveRate, point.TruePositiveRate)));
    }

    [Fact]
    public void Ties_count_one_half_and_infinities_are_scores()
    {
        var curve = RocCurve.Of([double.PositiveInfinity, 1, 0], [1, double.NegativeInfinity]);
        Assert.Equal((1 + 0.75 + 0.5) / 3, curve.Auc, 12);
        Assert.Equal(1.0 / 3, curve.TprAt(0));
        Assert.Equal(1.0 / 3, curve.TprAt(0.49));
        Assert.Equal(1, curve.TprAt(0.5));
    }

    [Fact]
    public void The_rate_is_at_most_the_given_one()
    {
        double[] members = [.. Enumerable.Range(0, 1000).Select(i => i + 0.5)], others = [.. Enumerable.Range(0, 1000).Select(i => (double)i)];
        var curve = RocCurve.Of(members, others);
        Assert.Equal(0.002, curve.TprAt(0.001), 12);
        Assert.Equal(0.011, curve.TprAt(0.01), 12);
        Assert.True(curve.Resolves(0.001));
        Assert.False(RocCurve.Of(members, others.AsSpan(0, 999)).Resolves(0.001));
    }

    [Fact]
    public void A_logarithmic_axis_is_spaced_evenly_and_ends_at_1()
    {
        var axis = RocCurve.Of([1, 2, 3], [0, 1, 2]).LogAxis(1e-3, perDecade: 5);
        Assert.Equal(16, axis.Count);
        Assert.Equal(1e-3, axis[0].FalsePositiveRate, 12);
        Assert.Equal((1, 1), (axis[^1].FalsePositiveRate, axis[^1].TruePositiveRate));
        Assert.Equal(axis[1].FalsePositiveRate / axis[0].FalsePositiveRate, axis[9].FalsePositiveRate / axis[8].FalsePositiveRate, 9);
    }

    [Fact]
    public void No_scores_and_scores_that_are_no_numbers_are_refused()
    {
        Assert.Throws<ArgumentException>(() => RocCurve.Of([], [1]));
        Assert.Throws<ArgumentException>(() => RocCurve.Of([1], []));
        Assert.Throws<ArgumentException>(() => RocCurve.Of([double.NaN], [1]));
        var curve = RocCurve.Of([1], [0]);
        Assert.True(double.IsNaN(curve.AucStandardError));
        Assert.Throws<ArgumentOutOfRangeException>(() => curve.TprAt(1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => curve.LogAxis(0));
    }
}
