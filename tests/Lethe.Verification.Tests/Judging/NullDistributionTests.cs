using Lethe.Core.Numerics;

namespace Lethe.Verification.Tests.Judging;

public sealed class NullDistributionTests
{
    private static readonly Golden Reference = new("judging.json");

    [Fact]
    public void Probabilities_range_and_power_are_those_of_numpy()
    {
        var range = NullDistribution.Of(Reference.Numbers("golds"))!;
        var oneSided = NullDistribution.Of(Reference.Numbers("golds"), onlyLarge: true)!;
        Close(Reference.Numbers("p"), [.. Reference.Numbers("values").Select(range.PValue)]);
        Close(Reference.Numbers("pUpper"), [.. Reference.Numbers("values").Select(oneSided.PValue)]);
        var (low, high) = range.Range(Reference.Number("level"));
        Close([Reference.Number("low"), Reference.Number("high")], [low, high]);
        Close(Reference.Numbers("power"), [.. Reference.Numbers("originals").Select(value => range.Power(value, Reference.Number("level")))]);
    }

    [Fact]
    public void A_range_holds_exactly_what_its_level_does_not_reject()
    {
        var range = NullDistribution.Of([1, 2, 4])!;
        var (low, high) = range.Range(0.05);
        Assert.Equal(0.05, range.PValue(high), 9);
        Assert.Equal(0.05, range.PValue(low), 9);
        Assert.Equal(high - range.Mean, range.HalfWidth(0.05), 9);
        Assert.Equal(double.NegativeInfinity, NullDistribution.Of([1, 2, 4], onlyLarge: true)!.Range(0.05).Low);
    }

    [Fact]
    public void Gold_models_that_agree_by_chance_do_not_make_the_range_narrower_than_one_record()
    {
        var range = NullDistribution.Of([0, 0, 0, 0, 0], resolution: 1)!;
        Assert.Equal(1, range.Spread);
        Assert.True(range.PValue(1) > 0.3);
        Assert.True(range.Power(1, 0.01) < 0.1);
    }

    [Fact]
    public void One_model_or_a_figure_that_is_no_number_gives_no_distribution()
    {
        Assert.Null(NullDistribution.Of([1]));
        Assert.Null(NullDistribution.Of([1, double.NaN, 2]));
        Assert.Null(NullDistribution.OfDistances([1, 2]));
        Assert.Equal(0, NullDistribution.Of([1, 2])!.PValue(double.NaN));
        Assert.Equal(0, NullDistribution.Of([1, 2])!.PValue(double.PositiveInfinity));
    }

    [Fact]
    public void A_further_model_is_rejected_as_often_as_the_level_says()
    {
        var random = new CounterRandom(3, 1);
        int rejected = 0, rejectedAsDistance = 0;
        const int rounds = 4000;
        for (int round = 0; round < rounds; round++)
        {
            double[] u = [.. Enumerable.Range(0, 6).Select(_ => random.NextNormal())];
            if (NullDistribution.Of(u.AsSpan(1))!.PValue(u[0]) <= 0.05) rejected++;
            double Distance(int of, IEnumerable<int> from) => from.Where(other => other != of).Average(other => u[of] + u[other]);
            double[] distances = [.. Enumerable.Range(1, 5).Select(gold => Distance(gold, Enumerable.Range(1, 5)))];
            if (NullDistribution.OfDistances(distances)!.PValue(Distance(0, Enumerable.Range(1, 5))) <= 0.05) rejectedAsDistance++;
        }

        Assert.InRange(rejected / (double)rounds, 0.04, 0.06);
        Assert.InRange(rejectedAsDistance / (double)rounds, 0.04, 0.06);
    }

    private static void Close(double[] expected, double[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
}
