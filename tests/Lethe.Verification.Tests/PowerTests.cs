namespace Lethe.Verification.Tests;

public sealed class PowerTests
{
    [Fact]
    public void The_threshold_is_half_of_students_prediction_interval()
    {
        // s = 1, n = 3: t(0.975, 2) = 4.302652730, √(4/3).
        Assert.Equal(4.302652730 * Math.Sqrt(4.0 / 3), Power.HalfWidth([1, 2, 3], 0.05), 6);
        var power = Power.AgainstGolds(8, [1, 2, 3]);
        Assert.Equal((6, true), (power.Effect, power.HasPower));
        Assert.False(Power.AgainstGolds(6.9, [1, 2, 3]).HasPower);
        Assert.True(Power.AgainstGolds(-4, [1, 2, 3]).HasPower);
    }

    [Fact]
    public void Gold_models_that_agree_by_chance_leave_the_resolution()
    {
        Assert.True(Power.AgainstGolds(0.51, [0.5, 0.5, 0.5]).HasPower);
        Assert.False(Power.AgainstGolds(0.51, [0.5, 0.5, 0.5], resolution: 0.02).HasPower);
        Assert.False(Power.AgainstGolds(0.5, [0.5, 0.5, 0.5]).HasPower);
    }

    [Fact]
    public void Too_few_golds_and_figures_that_are_no_numbers_have_no_power_and_say_why()
    {
        Assert.All(
            [Power.AgainstGolds(1, [0]), Power.AgainstGolds(double.NaN, [0, 1]), Power.OfDifference(1, 0, double.NaN), Power.None("because")],
            power => Assert.True(!power.HasPower && double.IsNaN(power.Effect) && power.Why.Length > 0));
    }

    [Fact]
    public void A_difference_counts_from_196_standard_errors()
    {
        Assert.Equal(1.959963985 * 0.1, Power.OfDifference(0.6, 0.5, 0.1).Threshold, 8);
        Assert.False(Power.OfDifference(0.69, 0.5, 0.1).HasPower);
        Assert.True(Power.OfDifference(0.7, 0.5, 0.1).HasPower);
        Assert.Contains("0.2 from gold", Power.OfDifference(0.7, 0.5, 0.1).Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_level_lies_between_0_and_1(double alpha) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Power.AgainstGolds(1, [0, 1], alpha));
}
