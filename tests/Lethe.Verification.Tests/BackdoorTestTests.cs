namespace Lethe.Verification.Tests;

public sealed class BackdoorTestTests
{
    [Theory]
    [InlineData(5, 3)]
    [InlineData(10, 5)]
    [InlineData(20, 7)]
    [InlineData(30, 9)]
    [InlineData(50, 13)]
    [InlineData(100, 20)]
    public void Thresholds_keep_the_real_size_below_the_level(int queries, int threshold)
    {
        var test = BackdoorTest.Of(queries, 0.9, 0.1);
        Assert.Equal(threshold, test.Threshold);
        Assert.True(test.Size <= 1e-3);
        Assert.True(BackdoorTest.Of(queries, 0.9, 0.1, form: BackdoorForm.AsPublished).Size > 1e-3);
    }

    [Theory]
    [InlineData(0.5, 0.623, 5e-4)]
    [InlineData(0.8, 0.0328, 5e-5)]
    [InlineData(0.95, 6.4e-5, 5e-7)]
    public void The_error_beta_at_ten_queries(double p, double beta, double tolerance)
    {
        var test = BackdoorTest.Of(10, p, 0.1);
        Assert.Equal(beta, test.Beta, tolerance);
        Assert.Equal(1 - test.Beta, test.Rho);
    }

    [Theory]
    [InlineData(0, 10, 8, 5, 3)]
    [InlineData(0.05, 30, 21, 12, 7)]
    [InlineData(0.1, 43, 30, 15, 8)]
    [InlineData(0.2, 93, 53, 21, 12)]
    public void The_smallest_number_of_queries(double q, params int[] queries)
    {
        double[] rates = [0.5, 0.6, 0.8, 0.95];
        Assert.Equal(queries.Select(n => (int?)n), rates.Select(p => BackdoorTest.SmallestQueries(p, q)));
        for (var i = 0; i < rates.Length; i++)
        {
            Assert.True(BackdoorTest.Of(queries[i], rates[i], q).Beta <= 1e-3);
            Assert.All(Enumerable.Range(1, queries[i] - 1), n => Assert.True(BackdoorTest.Of(n, rates[i], q).Beta > 1e-3));
        }
    }

    [Fact]
    public void Beta_is_not_monotone_in_the_number_of_queries() =>
        Assert.Contains(Enumerable.Range(10, 30), n => BackdoorTest.Of(n + 1, 0.5, 0.1).Beta > BackdoorTest.Of(n, 0.5, 0.1).Beta);

    [Fact]
    public void The_search_in_the_published_form_finds_what_single_tests_say()
    {
        foreach (var p in new[] { 0.6, 0.95 })
        {
            var found = BackdoorTest.SmallestQueries(p, 0.1, form: BackdoorForm.AsPublished)!.Value;
            Assert.Equal(Enumerable.Range(1, found).First(n => BackdoorTest.Of(n, p, 0.1, form: BackdoorForm.AsPublished).Beta <= 1e-3), found);
        }
    }

    [Fact]
    public void As_published_and_without_any_hit_rate_everything_counts_as_not_deleted()
    {
        var published = BackdoorTest.Of(30, 0.9, 0, form: BackdoorForm.AsPublished);
        Assert.Equal((-1, 1), (published.Threshold, published.Size));
        Assert.Equal(BackdoorOutcome.NotDeleted, published.Judge(0));
        Assert.Equal(BackdoorOutcome.Deleted, BackdoorTest.Of(30, 0.9, 0).Judge(0));
    }

    [Fact]
    public void Few_hits_prove_nothing_where_the_test_is_weak()
    {
        var weak = BackdoorTest.Of(10, 0.5, 0.1);
        Assert.Equal(BackdoorOutcome.NotDeleted, weak.Judge(6));
        Assert.Equal(BackdoorOutcome.Undecided, weak.Judge(0));
        Assert.False(weak.PowerFor().HasPower);
        var strong = BackdoorTest.Of(30, 0.95, 0.1);
        Assert.Equal(BackdoorOutcome.Deleted, strong.Judge(9));
        Assert.Equal(BackdoorOutcome.NotDeleted, strong.Judge(10));
        Assert.True(strong.PowerFor().HasPower);
        Assert.True(strong.PValue(10) <= 1e-3 && strong.PValue(9) > 1e-3);
    }

    [Fact]
    public void Measured_rates_are_taken_at_the_unfavourable_ends_of_their_intervals()
    {
        var with = Rate(95, 100);
        var test = BackdoorTest.Of(with, [Rate(8, 100), Rate(12, 100)], 30);
        Assert.Equal((with.Low, Rate(12, 100).High), (test.WithData, test.WithoutData));
        Assert.Throws<ArgumentException>(() => BackdoorTest.Of(with, [], 30));
    }

    [Fact]
    public void No_number_of_queries_helps_where_the_rates_are_alike()
    {
        Assert.Null(BackdoorTest.SmallestQueries(0.1, 0.1));
        Assert.Null(BackdoorTest.SmallestQueries(0.5, 0.45, most: 50));
        Assert.Throws<ArgumentOutOfRangeException>(() => BackdoorTest.Of(0, 0.9, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => BackdoorTest.Of(10, 1.5, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => BackdoorTest.Of(10, 0.9, 0.1, alpha: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => BackdoorTest.Of(10, 0.9, 0.1).Judge(11));
    }

    [Fact]
    public void A_power_curve_over_queries() =>
        Assert.Equal([5, 10, 30], BackdoorTest.Curve(0.8, 0.1, [5, 10, 30]).Select(test => test.Queries));

    private static BackdoorHitRate Rate(int hits, int queries)
    {
        var (low, high) = Lethe.Core.Numerics.Binomial.ClopperPearson(hits, queries, BackdoorHitRate.Confidence);
        return new BackdoorHitRate(hits, queries, (double)hits / queries, low, high);
    }
}
