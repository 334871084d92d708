using Lethe.Core.Numerics;

namespace Lethe.Core.Tests.Numerics;

public class StatisticsTests
{
    [Fact]
    public void Moments_have_their_closed_forms()
    {
        double[] values = [2, 4, 4, 4, 5, 5, 7, 9];
        Assert.Equal(5, Statistics.Mean(values));
        Assert.Equal(32.0 / 7, Statistics.Variance(values), 1e-12);
        Assert.Equal(Math.Sqrt(32.0 / 7), Statistics.StandardDeviation(values), 1e-12);
        Assert.Equal(Math.Sqrt(4.0 / 7), Statistics.StandardError(values), 1e-12);
        Assert.Equal(4.5, Statistics.Median(values));
    }

    /// <summary>Values of numpy.quantile.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.1, 1.3)]
    [InlineData(0.5, 2.5)]
    [InlineData(0.75, 3.25)]
    [InlineData(1, 4)]
    public void Quantile_interpolates_as_NumPy_does(double probability, double expected) =>
        Assert.Equal(expected, Statistics.Quantile([3, 1, 4, 2], probability), 1e-12);

    [Fact]
    public void Correlation_is_one_for_a_line_and_minus_one_for_a_falling_one()
    {
        Assert.Equal(1, Statistics.Correlation([1, 2, 4], [3, 5, 9]), 1e-12);
        Assert.Equal(-1, Statistics.Correlation([1, 2, 4], [-3, -5, -9]), 1e-12);
        Assert.Equal(0.5, Statistics.Correlation([1, 2, 3], [1, 3, 2]), 1e-12);
        Assert.Throws<ArgumentException>(() => Statistics.Correlation([1], [1, 2]));
    }

    [Fact]
    public void Too_small_samples_give_NaN()
    {
        Assert.Equal(double.NaN, Statistics.Mean([]));
        Assert.Equal(double.NaN, Statistics.StandardDeviation([1]));
        Assert.Equal(double.NaN, Statistics.Median([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Statistics.Quantile([1], 1.1));
    }
}
