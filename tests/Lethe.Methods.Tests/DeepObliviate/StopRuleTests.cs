using Lethe.Core.Errors;
using Lethe.Core.Numerics;
using Lethe.Methods.DeepObliviate;

namespace Lethe.Methods.Tests.DeepObliviate;

public sealed class StopRuleTests
{
    [Theory]
    [InlineData(3.0, 0.5, 0.2)]
    [InlineData(1.0, 1.0, 0.2)]
    [InlineData(40.0, 1.5, 7.0)]
    public void Fit_recovers_a_b_and_h_of_a_decay_without_noise(double a, double h, double b)
    {
        var reading = Read(new StopOptions { Mode = StopMode.Fit }, Decay(a, h, b, 20));
        Assert.Equal(a, reading.Fit!.A, 6);
        Assert.Equal(b, reading.Fit.B, 6);
        Assert.Equal(h, reading.Fit.H, 6);
        Assert.Equal(a * h * Math.Pow(20, -h - 1), reading.Fit.Slope, 6);
    }

    [Fact]
    public void Fit_stops_where_the_relative_slope_reaches_epsilon()
    {
        // h = 1, b = 0: slope / Δ₁ = x⁻² ≤ 0.005 from x = 15 on.
        var rule = new StopRule(new StopOptions { Mode = StopMode.Fit });
        Assert.False(Read(rule, Decay(1, 1, 0, 14)).Fires);
        Assert.True(Read(rule, Decay(1, 1, 0, 15)).Fires);
        Assert.False(Read(rule, Decay(1, 1, 0, 15)).DecidedByMinimum);
    }

    [Fact]
    public void Relative_epsilon_does_not_depend_on_the_scale_and_raw_does()
    {
        var relative = new StopRule(new StopOptions { Mode = StopMode.Fit });
        var raw = new StopRule(new StopOptions { Mode = StopMode.Fit, Epsilon = 0.005, Raw = true });
        Assert.True(Read(relative, Decay(1000, 1, 0, 15)).Fires);
        Assert.False(Read(raw, Decay(1000, 1, 0, 15)).Fires);
        Assert.True(Read(raw, Decay(1, 1, 0, 15)).Fires);
    }

    [Fact]
    public void Minimum_is_named_where_it_decides()
    {
        var reading = Read(new StopOptions { Mode = StopMode.Fit, Epsilon = 0.5 }, Decay(1, 1, 0, 10));
        Assert.True(reading.Fires);
        Assert.True(reading.DecidedByMinimum);
        Assert.False(Read(new StopOptions { Mode = StopMode.Fit, Epsilon = 0.5 }, Decay(1, 1, 0, 9)).Fires);
    }

    [Theory]
    [InlineData(StopMode.Fit)]
    [InlineData(StopMode.Dfa)]
    public void A_rising_series_never_fires(StopMode mode)
    {
        double[] rising = [.. Enumerable.Range(1, 60).Select(x => 5 - 4 / Math.Sqrt(x))];
        for (var n = 1; n <= rising.Length; n++)
        {
            var reading = Read(new StopOptions { Mode = mode, Epsilon = 1e9, Raw = true, Minimum = 1 }, rising[..n]);
            Assert.False(reading.Fires);
        }
        Assert.True(Read(new StopOptions { Mode = mode }, rising).Fit!.A < 0);
    }

    [Theory]
    [InlineData(StopMode.Fit)]
    [InlineData(StopMode.Dfa)]
    public void A_series_of_zeros_never_fires_a_slope_test(StopMode mode) =>
        Assert.False(Read(new StopOptions { Mode = mode }, new double[30]).Fires);

    [Fact]
    public void Dfa_takes_h_from_the_exponent_clamped_and_a_b_by_least_squares()
    {
        var random = new CounterRandom(7);
        double[] noisy = [.. Decay(1, 1, 0.2, 24).Select(y => y * (1 + 0.05 * random.NextNormal()))];
        var reading = Read(new StopOptions { Mode = StopMode.Dfa }, noisy).Dfa!;
        var h = Math.Clamp(DetrendedFluctuation.Exponent(noisy), 0.05, 3);
        Assert.Equal(h, reading.H);
        Assert.Equal(PowerLawFit.FitWithExponent(noisy, h).A, reading.A);
        Assert.Equal(0.001 * noisy[0], reading.Threshold, 12);
    }

    [Fact]
    public void Floor_may_stop_after_one_block()
    {
        var reading = new StopRule(new StopOptions()).Read([0.9], [3.0], [9]);
        Assert.True(reading.Fires);
        Assert.False(reading.DecidedByMinimum);
        Assert.Equal(3.0, reading.Floor);
        Assert.False(new StopRule(new StopOptions()).Read([3.1], [3.0], [9]).Fires);
        Assert.True(new StopRule(new StopOptions { FloorFactor = 1.1 }).Read([3.1], [3.0], [9]).Fires);
    }

    [Fact]
    public void Floor_goes_on_where_the_new_update_has_little_in_common_with_the_stored_one()
    {
        var half = new StopRule(new StopOptions());
        Assert.False(half.Read([0.6], [3.0], [1.0]).Fires);
        Assert.True(half.Read([0.6, 0.5], [3.0, 3.0], [1.0, 1.0]).Fires);
        Assert.True(new StopRule(new StopOptions { MaxChange = 0.6 }).Read([0.6], [3.0], [1.0]).Fires);
        Assert.True(half.Read([0.0], [0.0], [0.0]).Fires);
    }

    [Fact]
    public void Patience_asks_for_the_test_in_a_row()
    {
        var twice = new StopRule(new StopOptions { Patience = 2 });
        Assert.False(twice.Read([0.9], [1], [9]).Fires);
        Assert.False(twice.Read([1.2, 0.9], [1, 1], [9, 9]).Fires);
        Assert.True(twice.Read([1.2, 0.9, 1.0], [1, 1, 1], [9, 9, 9]).Fires);
        Assert.False(twice.Read([0.9, 1.2, 0.9], [1, 1, 1], [9, 9, 9]).Fires);

        var damped = new StopRule(new StopOptions { Mode = StopMode.Fit, Patience = 2 });
        Assert.False(Read(damped, Decay(1, 1, 0, 15)).Fires);
        Assert.True(Read(damped, Decay(1, 1, 0, 16)).Fires);
    }

    [Fact]
    public void Without_a_floor_the_floor_test_never_fires() =>
        Assert.False(new StopRule(new StopOptions()).Read([0.0], [double.NaN], [9]).Fires);

    [Fact]
    public void Both_fits_are_logged_whatever_the_mode()
    {
        var reading = new StopRule(new StopOptions()).Read(Decay(1, 1, 0.2, 12), Enumerable.Repeat(0.1, 12).ToArray(), new double[12]);
        Assert.NotNull(reading.Fit);
        Assert.NotNull(reading.Dfa);
        Assert.Null(Read(new StopOptions(), Decay(1, 1, 0.2, 2)).Fit);
    }

    [Fact]
    public void Values_that_are_not_finite_never_fire_and_never_throw()
    {
        double[] broken = Decay(1, 1, 0, 20);
        broken[5] = double.NaN;
        foreach (var mode in Enum.GetValues<StopMode>()) Assert.False(Read(new StopOptions { Mode = mode }, broken).Fires);
        Assert.False(new StopRule(new StopOptions()).Read([double.NaN], [1], [9]).Fires);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<UsageException>(() => new StopRule(new StopOptions { Epsilon = 0 }));
        Assert.Throws<UsageException>(() => new StopRule(new StopOptions { Raw = true }));
        Assert.Throws<UsageException>(() => new StopRule(new StopOptions { Minimum = 0 }));
        Assert.Throws<UsageException>(() => new StopRule(new StopOptions { FloorFactor = double.NaN }));
        Assert.Throws<UsageException>(() => new StopRule(new StopOptions { MaxChange = 0 }));
        Assert.Throws<UsageException>(() => new StopRule(new StopOptions { Patience = 0 }));
    }

    private static double[] Decay(double a, double h, double b, int count) =>
        [.. Enumerable.Range(1, count).Select(x => a * Math.Pow(x, -h) + b)];

    private static StopReading Read(StopOptions options, double[] deltas) => Read(new StopRule(options), deltas);

    private static StopReading Read(StopRule rule, double[] deltas) =>
        rule.Read(deltas, [.. deltas.Select(_ => double.NaN)], new double[deltas.Length]);
}
