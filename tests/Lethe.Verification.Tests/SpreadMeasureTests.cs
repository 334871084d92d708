using Lethe.Core.Numerics;

namespace Lethe.Verification.Tests;

/// <summary>Bootstrap intervals, ZRF, margins, influence and block memory: their ends and what they refuse.</summary>
public sealed class SpreadMeasureTests
{
    [Fact]
    public void A_bootstrap_interval_of_a_mean_is_the_normal_one()
    {
        var random = new CounterRandom(1);
        double[] values = [.. Enumerable.Range(0, 400).Select(_ => random.NextNormal())];
        var interval = BootstrapInterval.OfRecords(values, sample => sample.Average(), seed: 2);
        Assert.Equal(2 * 1.96 * Statistics.StandardError(values), interval.High - interval.Low, 0.02);
        Assert.True(interval.Contains(values.Average()));
        Assert.Equal(interval, BootstrapInterval.OfRecords(values, sample => sample.Average(), seed: 2));
        Assert.NotEqual(interval, BootstrapInterval.OfRecords(values, sample => sample.Average(), seed: 3));
    }

    [Fact]
    public void Groups_keep_their_sizes_and_seeds_widen_the_interval()
    {
        var groups = BootstrapInterval.OfGroups([[1, 2, 3], [0, 1]], g => g[0].Length * 10 + g[1].Length, seed: 1, resamples: 100);
        Assert.Equal((32, 32, 32), (groups.Value, groups.Low, groups.High));
        double[][] seeds = [[0, 0.1, 0.2], [1, 1.1, 1.2], [2, 2.1, 2.2]];
        static double Mean(double[][] values) => values.Average(row => row.Average());
        var both = BootstrapInterval.OfSeeds(seeds, Mean, seed: 1);
        var records = BootstrapInterval.OfGroups(seeds, Mean, seed: 1);
        Assert.True(both.High - both.Low > 5 * (records.High - records.Low));
    }

    [Fact]
    public void A_bootstrap_without_data_or_figures_is_refused()
    {
        Assert.Throws<ArgumentException>(() => BootstrapInterval.OfRecords([], sample => 0, 1));
        Assert.Throws<ArgumentException>(() => BootstrapInterval.OfRecords([1], sample => double.NaN, 1));
        Assert.Throws<ArgumentException>(() => BootstrapInterval.OfSeeds([[1], []], values => 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => BootstrapInterval.OfRecords([1], sample => 0, 1, resamples: 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => BootstrapInterval.OfRecords([1], sample => 0, 1, confidence: 1));
        var constant = BootstrapInterval.OfRecords([3, 3], sample => sample.Average(), 1, resamples: 100);
        Assert.Equal((3, 3, 3), (constant.Value, constant.Low, constant.High));
    }

    [Fact]
    public void Zero_retrain_forgetting_lies_between_1_less_ln_2_and_1()
    {
        float[,] one = { { 1, 0 } }, other = { { 0, 1 } };
        Assert.Equal(1, Zrf.Of(one, one));
        Assert.Equal(Zrf.Lowest, Zrf.Of(one, other), 12);
        Assert.True(double.IsNaN(Zrf.Of(new float[0, 2], new float[0, 2])));
        Assert.Equal(Directions.EqualToGold, Zrf.Measure(Subjects.Gold, one, other).Direction);
    }

    [Fact]
    public void Margins_that_are_equal_or_beyond_any_measure()
    {
        Assert.Equal(0, Klom.OfRecord([2, 2], [2]));
        Assert.Equal(0, Klom.OfRecord([0, 1], [0, 1]), 12);
        Assert.Equal(Klom.OfRecord([100, 0], [0, 1]), Klom.OfRecord([double.PositiveInfinity, 0], [0, 1]));
        Assert.InRange(Klom.OfRecord([10], [0]), -Math.Log(Klom.LeastProbability) - 1e-4, -Math.Log(Klom.LeastProbability) + 1e-4);
        Assert.Throws<ArgumentException>(() => Klom.OfRecord([], [1]));
        Assert.Throws<ArgumentException>(() => Klom.OfRecord([double.NaN], [1]));
        Assert.Throws<ArgumentException>(() => Klom.Of(new double[3, 0], new double[3, 0]));
        Assert.Throws<ArgumentException>(() => Klom.Of(new double[3, 1], new double[3, 2]));
        Assert.False(Klom.Of(new double[3, 1], new double[3, 1]).PowerAgainst(Klom.Of(new double[3, 1], new double[3, 1])).HasPower);
        var same = MarginDivergence.FromGold([1, 2], [[1, 2], [1, 2], [1, 2]]);
        Assert.True(double.IsNaN(same.Median) && same.ByRecord.All(double.IsNaN));
        Assert.False(MarginDivergence.PowerOf(same).HasPower);
        Assert.Equal(double.PositiveInfinity, MarginDivergence.FromGold([1, 3], [[1, 2], [1, 2], [1, 2]]).Median);
        Assert.Throws<ArgumentException>(() => MarginDivergence.FromGold([1], [[1], [1]]));
        Assert.Throws<ArgumentException>(() => MarginDivergence.FromGold([], [[], [], []]));
        Assert.Throws<ArgumentException>(() => MarginDivergence.FromGold([1], [[1], [1], [1, 2]]));
    }

    [Fact]
    public void Margins_of_an_original_that_remembers_have_power()
    {
        var random = new CounterRandom(4);
        double[] Model(double shift) => [.. Enumerable.Range(0, 200).Select(_ => shift + random.NextNormal())];
        double[][] golds = [Model(0), Model(0), Model(0), Model(0)];
        Assert.True(MarginDivergence.PowerOf(MarginDivergence.FromGold(Model(4), golds)).HasPower);
        Assert.False(MarginDivergence.PowerOf(MarginDivergence.FromGold(Model(0), golds)).HasPower);
    }

    [Fact]
    public void Influence_that_was_removed_in_full_by_half_or_beyond()
    {
        float[] original = [0, 0], gold = [1.9f, 2.1f], second = [2.1f, 1.9f];
        Assert.Equal(1, RecordInfluence.Of(original, [2, 2], [gold, second]).Removed, 6);
        Assert.Equal(0.5, RecordInfluence.Of(original, [1, 1], [gold, second]).Removed, 6);
        Assert.Equal(0, RecordInfluence.Of(original, original, [gold, second]).Removed, 6);
        var powerless = RecordInfluence.Of([2, 2], [1, 1], [gold, [2.5f, 1.9f]]);
        Assert.True(double.IsNaN(powerless.Removed) && !powerless.Power.HasPower);
        Assert.Equal(Subjects.Unlearned, powerless.Measure().Subject);
        Assert.Throws<ArgumentException>(() => RecordInfluence.Of([], [], [gold, second]));
        Assert.Throws<ArgumentException>(() => RecordInfluence.Of(original, original, [gold]));
        Assert.Throws<ArgumentException>(() => RecordInfluence.Of(original, [1], [gold, second]));
    }

    [Fact]
    public void Blocks_without_records_and_without_unseen_ones()
    {
        var profile = MemoryProfile.Of([[], [1, 2, 3]], [1, 2, 3]);
        Assert.True(double.IsNaN(profile.Points[0].Auc));
        Assert.Equal((0.5, 0), (profile.Points[1].Auc, profile.NothingLeftFrom));
        var untested = MemoryProfile.Of([[1, 2]], []);
        Assert.True(untested.NothingLeftFrom is null && double.IsNaN(untested.DetectableAuc) && double.IsNaN(untested.UnseenLoss));
        Assert.Throws<ArgumentException>(() => MemoryProfile.Of([[float.NaN, 1]], [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => MemoryProfile.Of([[1, 1]], [1, 2], alpha: 1));
    }

    [Fact]
    public void Where_nothing_is_remembered_the_profile_rarely_says_otherwise()
    {
        var random = new CounterRandom(5);
        float[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.NextDouble())];
        MemoryProfile[] profiles = [.. Enumerable.Range(0, 200).Select(_ => MemoryProfile.Of([Draw(40), Draw(40), Draw(40), Draw(40)], Draw(200)))];
        Assert.All(profiles, profile => Assert.DoesNotContain(profile.Points, point => point.Age >= profile.NothingLeftFrom && point.Auc > point.ChanceAuc));
        var wrong = profiles.Count(profile => profile.NothingLeftFrom != 0);
        Assert.InRange(wrong, 0, 18); // 5 % of 200, and three standard errors.
    }

    [Fact]
    public void Where_every_block_is_remembered_nothing_is_at_its_end()
    {
        float[] remembered = [.. Enumerable.Range(0, 50).Select(i => i / 100f)], unseen = [.. Enumerable.Range(0, 100).Select(i => i / 50f)];
        Assert.Null(MemoryProfile.Of([remembered, remembered], unseen).NothingLeftFrom);
        var half = MemoryProfile.Of([unseen, unseen, remembered], unseen);
        Assert.Equal(1, half.NothingLeftFrom);
        Assert.All(half.Points.Where(point => point.Age >= 1), point => Assert.True(point.Auc <= point.ChanceAuc));
        Assert.True(half.Points[2].Auc > half.Points[2].ChanceAuc);
        Assert.InRange(half.DetectableAuc, 0.55, 0.65);
    }
}
