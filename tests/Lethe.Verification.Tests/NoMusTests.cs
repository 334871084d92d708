namespace Lethe.Verification.Tests;

public sealed class NoMusTests
{
    /// <summary>Rows of the benchmark's own table (MUFAC): accuracy, |membership − 0.5|, score.</summary>
    [Theory]
    [InlineData(.5951, .2136, .5839)]
    [InlineData(.4880, .0445, .6995)]
    [InlineData(.4048, .0485, .6539)]
    [InlineData(.5633, .0953, .6863)]
    public void The_published_scores_follow(double accuracy, double distance, double score)
    {
        Assert.Equal(score, NoMus.Of(accuracy, 0.5 + distance), 1e-4);
        Assert.Equal(score, NoMus.Of(accuracy, 0.5 - distance), 1e-4);
    }

    [Fact]
    public void Its_ends_are_1_and_0()
    {
        Assert.Equal(1, NoMus.Of(1, 0.5), 12);
        Assert.Equal(0, NoMus.Of(0, 1), 12);
        Assert.Equal(0.9, NoMus.Of(0.9, 0, lambda: 1), 12);
    }

    [Fact]
    public void A_measurement_says_against_what_and_which_way()
    {
        var score = NoMus.Measure(Subjects.Gold, 0.8, new MembershipInference(0.6, 0.01, 100));
        Assert.Equal((0.8, Directions.HigherIsBetter, "membership at chance (0.5)"), (score.Value, score.Direction, score.Reference));
        var gap = NoMus.Gap(Subjects.Unlearned, 0.75, score.Value);
        Assert.Equal((-0.05, "gold"), (Math.Round(gap.Value, 12), gap.Reference));
    }

    [Fact]
    public void The_benchmarks_splits_reach_the_same_threshold_as_folds()
    {
        float[] members = Losses(4000, 0, 1), unseen = Losses(4000, 2, 2);
        var attack = MembershipInference.AttackBySplits(members, unseen, seed: 3);
        Assert.InRange(attack.Accuracy, 0.841 - 0.02, 0.841 + 0.02); // Φ(1)
        Assert.Equal(8000, attack.Records);
        Assert.Equal(attack, MembershipInference.AttackBySplits(members, unseen, seed: 3));
        Assert.True(double.IsNaN(MembershipInference.AttackBySplits([1], [1, 2], 1).Accuracy));
    }

    private static float[] Losses(int count, double mean, ulong seed)
    {
        var random = new Core.Numerics.CounterRandom(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(mean + random.NextNormal()))];
    }
}
