using FsCheck.Fluent;
using Lethe.Core.Numerics;

namespace Lethe.Core.Tests.Numerics;

public class PowerLawFitTests
{
    private static double[] Series(double a, double b, double h, int count) =>
        [.. Enumerable.Range(1, count).Select(x => a * Math.Pow(x, -h) + b)];

    [Theory]
    [InlineData(1, 0, 1, 20)]
    [InlineData(1, 0.2, 0.5, 10)]
    [InlineData(3, -2, 0.05, 40)]
    [InlineData(-1.5, 4, 0.8, 30)]
    [InlineData(-0.3, -1, 2.5, 15)]
    [InlineData(2, 0.7, 5.5, 12)]
    [InlineData(1e-4, 3e-5, 1.3, 100)]
    [InlineData(700, -20, 0.3, 500)]
    public void Fit_recovers_a_series_without_noise(double a, double b, double h, int count)
    {
        var fit = PowerLawFit.Fit(Series(a, b, h, count));
        Assert.Equal(a, fit.A, 1e-6 * Math.Max(1, Math.Abs(a)));
        Assert.Equal(b, fit.B, 1e-6 * Math.Max(1, Math.Abs(b)));
        Assert.Equal(h, fit.H, 1e-6);
    }

    [Fact]
    public void Fit_recovers_any_series_without_noise()
    {
        var cases = from a in Gen.Choose(1, 400)
                    from rising in Gen.Elements(-1, 1)
                    from b in Gen.Choose(-300, 300)
                    from h in Gen.Choose(10, 400)
                    from count in Gen.Choose(8, 120)
                    select (A: rising * a / 100.0, B: b / 100.0, H: h / 100.0, Count: count);
        Property.Holds(cases, c =>
        {
            var fit = PowerLawFit.Fit(Series(c.A, c.B, c.H, c.Count));
            Assert.Equal(c.A, fit.A, 1e-6);
            Assert.Equal(c.B, fit.B, 1e-6);
            Assert.Equal(c.H, fit.H, 1e-6);
        });
    }

    [Fact]
    public void Fit_is_no_worse_than_any_exponent_tried()
    {
        Property.Holds(Gen.Choose(3, 60).SelectMany(count => Gen.Choose(0, 1_000_000).Select(seed => (count, seed))), c =>
        {
            var random = new CounterRandom((ulong)c.seed);
            var y = Enumerable.Range(1, c.count).Select(x => 1 / Math.Sqrt(x) + 0.1 * random.NextNormal()).ToArray();
            var best = PowerLawFit.Fit(y).ResidualSumOfSquares;
            for (var h = 0.02; h < 6; h *= 1.3)
                Assert.True(best <= PowerLawFit.FitWithExponent(y, h).ResidualSumOfSquares * (1 + 1e-9) + 1e-24);
        }, tests: 40);
    }

    [Fact]
    public void Constant_series_have_no_amplitude()
    {
        Assert.Equal(new PowerLawFit(0, 0.1, 1, 0), PowerLawFit.Fit([0.1, 0.1, 0.1, 0.1]));
        Assert.Equal(new PowerLawFit(0, 0, 0.7, 0), PowerLawFit.FitWithExponent([0, 0], 0.7));
        Assert.Equal(0, PowerLawFit.Fit([5, 5, 5]).SlopeAt(1));
    }

    [Fact]
    public void FitWithExponent_solves_the_line()
    {
        var fit = PowerLawFit.FitWithExponent([3, 2], 1);
        Assert.Equal(2, fit.A, 1e-12);
        Assert.Equal(1, fit.B, 1e-12);
        Assert.Equal(1.5, fit.At(4), 1e-12);
        Assert.Equal(2.0 / 16, fit.SlopeAt(4), 1e-12);
    }

    [Fact]
    public void SlopeAt_is_the_steepness_of_At()
    {
        foreach (var a in new[] { 2.0, -2.0 })
        {
            var fit = new PowerLawFit(a, 0.5, 0.7, 0);
            Assert.Equal(Math.Abs(fit.At(3.0001) - fit.At(2.9999)) / 0.0002, fit.SlopeAt(3), 1e-7);
        }
    }

    [Fact]
    public void Impossible_inputs_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PowerLawFit.Fit([1, 2]));
        Assert.Throws<ArgumentException>(() => PowerLawFit.Fit([1, 2, double.NaN]));
        Assert.Throws<ArgumentException>(() => PowerLawFit.FitWithExponent([1], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PowerLawFit.FitWithExponent([1, 2], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => PowerLawFit.FitWithExponent([1, 2], double.NaN));
    }
}
