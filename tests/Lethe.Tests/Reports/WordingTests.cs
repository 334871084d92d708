using Lethe.Core.Verdicts;
using Lethe.Reports;

namespace Lethe.Tests.Reports;

public sealed class WordingTests
{
    [Fact]
    public void Headline_says_what_was_saved() => Assert.Equal(
        "Forgot 120 records of 1 person in 0.1 s instead of 11 s: 100× fewer samples than retraining",
        Wording.Headline(120, 1, new CostBar("a", 6_000, 0.11, true), new CostBar("b", 600_000, 11.2, true)));

    [Fact]
    public void Headline_is_honest_where_nothing_was_saved() => Assert.Equal(
        "Forgot 1 record: as much work as retraining",
        Wording.Headline(1, null, new CostBar("a", 600, null, true), new CostBar("b", 600, null, true)));

    [Fact]
    public void Headline_is_honest_where_more_was_spent() => Assert.Equal(
        "Forgot 1 record in 13 s: 2.0× more samples than retraining",
        Wording.Headline(1, null, new CostBar("a", 1200, 13, true), new CostBar("b", 600, 11, true)));

    [Fact]
    public void Headline_compares_no_time_that_was_longer() => Assert.Equal(
        "Forgot 1 record in 13 s: 2.0× fewer samples than retraining",
        Wording.Headline(1, null, new CostBar("a", 300, 13, true), new CostBar("b", 600, 11, true)));

    [Theory]
    [InlineData(0.0451, "45.1 ms")]
    [InlineData(0.11, "0.1 s")]
    [InlineData(9.96, "10 s")]
    [InlineData(250, "4 min 10 s")]
    [InlineData(240, "4 min")]
    [InlineData(7500, "2 h 5 min")]
    [InlineData(double.NaN, "unknown")]
    public void Durations(double seconds, string text) => Assert.Equal(text, Wording.Seconds(seconds));

    [Theory]
    [InlineData(66.72, "66.7×")]
    [InlineData(1250.4, "1,250×")]
    [InlineData(1, "1.0×")]
    public void Ratios(double ratio, string text) => Assert.Equal(text, Wording.Times(ratio));

    [Theory]
    [InlineData(0.98765, "98.8 %")]
    [InlineData(0.0035, "0.35 %")]
    [InlineData(0, "0.0 %")]
    [InlineData(1, "100.0 %")]
    public void Shares(double share, string text) => Assert.Equal(text, Wording.Percent(share));

    [Theory]
    [InlineData(100, "100 B")]
    [InlineData(246824, "241 KiB")]
    public void Sizes(long bytes, string text) => Assert.Equal(text, Wording.Bytes(bytes));

    [Theory]
    [InlineData(VerdictMeasures.ForgottenAccuracy, -0.02, 1.13, "0.0 % … 100.0 %")]
    [InlineData(VerdictMeasures.MembershipLoss, 0.4, 0.6, "40.0 % … 60.0 %")]
    [InlineData(VerdictMeasures.ForgottenDivergence, double.NegativeInfinity, 0.5, "up to 50.0 %")]
    [InlineData(VerdictMeasures.ForgottenConfidence, -0.5, 2, "-50.0 % … 200.0 %")]
    [InlineData(VerdictMeasures.ULira, double.NaN, 2, "–")]
    public void A_range_is_cut_to_what_the_figure_can_be(string name, double low, double high, string expected)
    {
        var test = SampleVerification.Test(name, 0.9, 0.4, TestOutcome.Within) with { NullLow = low, NullHigh = high };
        Assert.Equal(expected, Wording.Range(test, FigureFormat.Percent));
    }

    [Fact]
    public void A_figure_shows_its_interval()
    {
        Assert.Equal("12.5 % (8.1 % … 16.9 %)", Wording.Figure(0.125, new FigureRange(0.081, 0.169, 0.95), FigureFormat.Percent));
        Assert.Equal("–", Wording.Figure(null, new FigureRange(0, 1, 0.95), FigureFormat.Percent));
    }
}
