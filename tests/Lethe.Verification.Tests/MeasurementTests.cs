namespace Lethe.Verification.Tests;

/// <summary>Every attack names its figures with reference and direction, and says whether it tells the original from gold.</summary>
public sealed class MeasurementTests
{
    [Fact]
    public void A_curve_has_four_figures_and_power_where_areas_differ()
    {
        double[] high = [.. Enumerable.Range(0, 200).Select(i => i + 80.0)], low = [.. Enumerable.Range(0, 200).Select(i => (double)i)];
        RocCurve original = RocCurve.Of(high, low), gold = RocCurve.Of(low, low);
        var figures = original.Measurements("rmia", Subjects.Original);
        Assert.Equal([original.Auc, original.BalancedAccuracy, original.TprAt(0.01), original.TprAt(0.001)], figures.Select(figure => figure.Value));
        Assert.All(figures, figure => Assert.Equal((Subjects.Original, "gold", Directions.EqualToGold), (figure.Subject, figure.Reference, figure.Direction)));
        Assert.True(original.PowerAgainst(gold).HasPower);
        Assert.False(gold.PowerAgainst(gold).HasPower);
    }

    [Fact]
    public void Epsilon_has_power_where_most_records_score_otherwise_than_gold_does()
    {
        double[,] Runs(double shift, int from) => Matrix(20, 12, (run, record) => shift + (run * 7 + record * 3 + from) % 20 / 10.0);
        EpsilonForgetting nothing = EpsilonForgetting.Of(Runs(6, 0), Runs(0, 1)), floor = EpsilonForgetting.Of(Runs(0, 0), Runs(0, 1));
        Assert.Equal(0, nothing.Quality);
        Assert.True(floor.Quality > 0.5);
        Assert.True(nothing.PowerAgainst(floor).HasPower);
        Assert.False(floor.PowerAgainst(floor).HasPower);
        Assert.StartsWith("ε-forgetting, n = 20", nothing.Measure(Subjects.Unlearned).Name, StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_without_any_memory_says_that_it_is_blind()
    {
        float[] unseen = [.. Enumerable.Range(0, 100).Select(i => i / 100f)], remembered = [.. unseen.Select(loss => loss / 4)];
        Assert.True(MemoryProfile.Of([unseen, remembered], unseen).Power.HasPower);
        Assert.False(MemoryProfile.Of([unseen, unseen], unseen).Power.HasPower);
        Assert.False(MemoryProfile.Of([[], []], unseen).Power.HasPower);
    }

    [Fact]
    public void Single_figures_carry_their_reference()
    {
        Assert.Equal("gold against the other gold models", MarginDivergence.FromGold([1], [[0], [1], [3]]).Measure(Subjects.Unlearned).Reference);
        Assert.Equal("0: none, as gold", Duci.Of([1], [1, 1, 1], [0, 0, 0]).Measure(Subjects.Unlearned).Reference);
        Assert.Equal(0.5, BackdoorHitRate.Of([1, 0], [0, 0], 1).Measure(Subjects.Gold).Value);
        Assert.Equal(0.6, MembershipFeature.Entropy.Measure(Subjects.Gold, new MembershipInference(0.6, 0.01, 10)).Value);
    }

    private static double[,] Matrix(int rows, int columns, Func<int, int, double> value)
    {
        var matrix = new double[rows, columns];
        for (var i = 0; i < rows; i++)
            for (var j = 0; j < columns; j++) matrix[i, j] = value(i, j);
        return matrix;
    }
}
