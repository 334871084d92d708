using FsCheck.Fluent;
using Lethe.Core.Numerics;

namespace Lethe.Core.Tests.Numerics;

public class BinomialTests
{
    [Theory]
    [InlineData(3, 10, 0.5, 120.0 / 1024)]
    [InlineData(0, 5, 0.2, 0.32768)]
    [InlineData(5, 5, 0.2, 0.00032)]
    [InlineData(6, 5, 0.2, 0)]
    [InlineData(0, 5, 0.0, 1)]
    [InlineData(5, 5, 1.0, 1)]
    public void Pmf_has_its_closed_form(int k, int n, double p, double expected) =>
        Assert.Equal(expected, Binomial.Pmf(k, n, p), 1e-14);

    [Fact]
    public void Cdf_and_survival_sum_the_two_tails()
    {
        var cases = from n in Gen.Choose(0, 200)
                    from k in Gen.Choose(-1, 201)
                    from p in Gen.Choose(0, 100)
                    select (n, k, P: p / 100.0);
        Property.Holds(cases, c =>
        {
            var direct = Enumerable.Range(0, c.n + 1).Where(j => j <= c.k).Sum(j => Binomial.Pmf(j, c.n, c.P));
            Assert.Equal(direct, Binomial.Cdf(c.k, c.n, c.P), 1e-11);
            Assert.Equal(1 - direct, Binomial.Survival(c.k, c.n, c.P), 1e-11);
        });
    }

    [Fact]
    public void Small_tails_keep_their_digits()
    {
        Assert.Equal(100 * Math.Log(1e-5), Binomial.LogCdf(0, 100, 1 - 1e-5), 1e-6);
        Assert.Equal(1e-300, Binomial.Survival(99, 100, 1e-3), 1e-309);
    }

    [Fact]
    public void InverseCdf_is_the_smallest_count_that_reaches_the_probability()
    {
        var cases = from n in Gen.Choose(1, 100)
                    from p in Gen.Choose(1, 99)
                    from level in Gen.Choose(1, 999)
                    select (n, P: p / 100.0, Level: level / 1000.0);
        Property.Holds(cases, c =>
        {
            var k = Binomial.InverseCdf(c.Level, c.n, c.P);
            Assert.True(Binomial.Cdf(k, c.n, c.P) >= c.Level - 1e-12);
            Assert.True(k == 0 || Binomial.Cdf(k - 1, c.n, c.P) < c.Level + 1e-12);
        });
    }

    /// <summary>Thresholds of the backdoor test at α = 10⁻³ and q = 0.1, with the errors β they leave.</summary>
    [Fact]
    public void InverseCdf_gives_the_thresholds_of_the_backdoor_test()
    {
        int[] trials = [5, 10, 20, 30, 50, 100];
        Assert.Equal([3, 5, 7, 9, 13, 20], trials.Select(n => Binomial.InverseCdf(0.999, n, 0.1)));
        Assert.Equal(0.623, Binomial.Cdf(5, 10, 0.5), 5e-4);
        Assert.Equal(0.0328, Binomial.Cdf(5, 10, 0.8), 5e-5);
        Assert.Equal(6.4e-5, Binomial.Cdf(5, 10, 0.95), 5e-7);
    }

    /// <summary>Bounds as R's binom.test prints them, and the closed forms at the ends.</summary>
    [Theory]
    [InlineData(0, 10, 0.95, 0, 0.3084971)]
    [InlineData(10, 10, 0.95, 0.6915029, 1)]
    [InlineData(5, 10, 0.95, 0.1870860, 0.8129140)]
    [InlineData(1, 20, 0.95, 0.0012651, 0.2487328)]
    [InlineData(682, 925, 0.95, 0.7076683, 0.7654066)]
    public void ClopperPearson_gives_the_published_bounds(int k, int n, double confidence, double lower, double upper)
    {
        var bounds = Binomial.ClopperPearson(k, n, confidence);
        Assert.Equal(lower, bounds.Lower, 1e-7);
        Assert.Equal(upper, bounds.Upper, 1e-7);
    }

    [Fact]
    public void ClopperPearson_bounds_leave_the_tails_they_promise()
    {
        Property.Holds(Gen.Choose(1, 500).SelectMany(n => Gen.Choose(0, n).Select(k => (k, n))), c =>
        {
            var (lower, upper) = Binomial.ClopperPearson(c.k, c.n, 0.99);
            Assert.InRange((double)c.k / c.n, lower, upper);
            if (c.k > 0)
                Assert.Equal(0.005, Binomial.Survival(c.k - 1, c.n, lower), 1e-6);
            if (c.k < c.n)
                Assert.Equal(0.005, Binomial.Cdf(c.k, c.n, upper), 1e-6);
        });
    }

    [Fact]
    public void A_million_trials_keep_their_digits()
    {
        // 60-digit sums of tests/reference/attack_measures.py.
        Assert.Equal(100928, Binomial.InverseSurvival(1e-3, 1_000_000, 0.1));
        Assert.Equal(0.0009967356168873863, Binomial.Survival(100928, 1_000_000, 0.1), 1e-14);
        Assert.Equal(0.00019593945627363645, Binomial.Cdf(100928, 1_000_000, 0.102), 1e-14);
        Assert.Equal(1, Binomial.Cdf(499_999, 1_000_000, 0.5) + Binomial.Survival(499_999, 1_000_000, 0.5), 1e-12);
    }

    [Fact]
    public void InverseSurvival_reaches_tails_that_one_minus_them_cannot_hold()
    {
        var k = Binomial.InverseSurvival(1e-40, 100, 0.01);
        Assert.True(Binomial.Survival(k, 100, 0.01) <= 1e-40 && Binomial.Survival(k - 1, 100, 0.01) > 1e-40);
        Assert.Equal(0, Binomial.InverseSurvival(1e-3, 10, 0));
        Assert.Equal(10, Binomial.InverseSurvival(1e-3, 10, 1));
    }

    [Fact]
    public void Impossible_inputs_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Binomial.Pmf(0, -1, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Binomial.Cdf(0, 1, 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Binomial.ClopperPearson(2, 1, 0.95));
        Assert.Throws<ArgumentOutOfRangeException>(() => Binomial.ClopperPearson(1, 2, 1));
    }
}
