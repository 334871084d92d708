namespace Lethe.Verification.Tests.Judging;

public sealed class HolmCorrectionTests
{
    /// <summary>The example of R's p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "holm"), shuffled.</summary>
    [Fact]
    public void Adjusted_values_are_those_of_r()
    {
        double[] adjusted = HolmCorrection.Adjust([0.03, 0.01, 0.05, 0.02, 0.04]);
        Assert.Equal([0.09, 0.05, 0.09, 0.08, 0.09], adjusted.Select(p => Math.Round(p, 12)));
    }

    [Fact]
    public void A_level_is_that_of_the_step_which_decided()
    {
        double[] levels = HolmCorrection.Levels([0.5, 0.001, 0.012], 0.05);
        Assert.Equal([0.05, 0.05 / 3, 0.05 / 2], levels);
        Assert.Equal([0.05 / 2, 0.05 / 2], HolmCorrection.Levels([0.3, 0.2], 0.05));
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.05)]
    public void A_test_is_rejected_by_its_adjusted_value_exactly_when_by_its_level(double alpha)
    {
        var random = new Core.Numerics.CounterRandom(1, 1);
        for (int round = 0; round < 500; round++)
        {
            double[] p = [.. Enumerable.Range(0, 1 + round % 7).Select(_ => Math.Pow(random.NextDouble(), 3))];
            var (adjusted, levels) = (HolmCorrection.Adjust(p), HolmCorrection.Levels(p, alpha));
            Assert.All(Enumerable.Range(0, p.Length), i => Assert.Equal(adjusted[i] <= alpha, p[i] <= levels[i]));
        }
    }

    [Fact]
    public void Nothing_gives_nothing()
    {
        Assert.Empty(HolmCorrection.Adjust([]));
        Assert.Empty(HolmCorrection.Levels([], 0.05));
    }
}
