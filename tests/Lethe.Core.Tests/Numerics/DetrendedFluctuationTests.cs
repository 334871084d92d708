using Lethe.Core.Numerics;

namespace Lethe.Core.Tests.Numerics;

public class DetrendedFluctuationTests
{
    [Theory]
    [InlineData(1000, 1)]
    [InlineData(2000, 2)]
    [InlineData(4000, 3)]
    public void White_noise_has_exponent_one_half_and_its_sum_three_halves(int count, ulong seed)
    {
        var random = new CounterRandom(seed);
        var noise = Enumerable.Range(0, count).Select(_ => random.NextNormal()).ToArray();
        var sum = 0.0;
        var walk = noise.Select(step => sum += step).ToArray();
        Assert.Equal(0.5, DetrendedFluctuation.Exponent(noise), 0.1);
        Assert.Equal(1.5, DetrendedFluctuation.Exponent(walk), 0.1);
    }

    [Fact]
    public void Exponent_ignores_offset_and_scale()
    {
        var random = new CounterRandom(4);
        var series = Enumerable.Range(0, 200).Select(_ => random.NextNormal()).ToArray();
        var exponent = DetrendedFluctuation.Exponent(series);
        Assert.Equal(exponent, DetrendedFluctuation.Exponent([.. series.Select(y => 1000 + 3e-4 * y)]), 1e-6);
    }

    [Fact]
    public void Too_short_constant_or_infinite_series_have_no_exponent()
    {
        Assert.Equal(double.NaN, DetrendedFluctuation.Exponent([]));
        Assert.Equal(double.NaN, DetrendedFluctuation.Exponent([1, 2, 3, 4, 5, 6, 7]));
        Assert.Equal(double.NaN, DetrendedFluctuation.Exponent(Enumerable.Repeat(0.1, 50).ToArray()));
        Assert.Equal(double.NaN, DetrendedFluctuation.Exponent([1, 2, 3, double.NaN, 5, 6, 7, 8, 9, 10]));
        Assert.Equal(double.NaN, DetrendedFluctuation.Exponent([1, 2, 3, double.PositiveInfinity, 5, 6, 7, 8, 9, 10]));
    }

    [Fact]
    public void Eight_points_are_enough() =>
        Assert.True(double.IsFinite(DetrendedFluctuation.Exponent([3, 1, 4, 1, 5, 9, 2, 6])));
}
