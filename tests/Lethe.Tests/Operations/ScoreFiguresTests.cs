using Lethe.Operations;
using Lethe.Reports;
using Lethe.Training.Training;
using Lethe.Verification;

namespace Lethe.Tests.Operations;

public sealed class ScoreFiguresTests
{
    [Fact]
    public void Every_record_is_counted_once_and_the_outer_bins_take_what_lies_beyond()
    {
        double[] forgotten = [-99, -0.1, 0, 0.1, 0.49, 0.5, 1.2, 1.9, 2, 99], unseen = [.. Enumerable.Range(0, 20).Select(i => i / 10.0)];
        var scores = ScoreFigures.Of(forgotten, unseen, 0, 2, 0.5)!;
        Assert.Equal([5, 1, 1, 3], scores.Forgotten);
        Assert.Equal([5, 5, 5, 5], scores.Unseen);
    }

    [Fact]
    public void The_curve_is_kept_at_rates_from_a_thousandth_to_one()
    {
        double[] forgotten = [.. Enumerable.Range(0, 100).Select(i => i + 0.5)], unseen = [.. Enumerable.Range(0, 200).Select(i => i / 2.0)];
        var scores = ScoreFigures.Of(forgotten, unseen, 0, 100, 1)!;
        Assert.Equal(31, scores.TruePositiveRates.Count);
        Assert.Equal((0.001, 1), (scores.RateOf(0), scores.RateOf(30)));
        Assert.Equal(1, scores.TruePositiveRates[30]);
        Assert.Equal(0.01, scores.RateOf(10), 12);
        Assert.Equal(scores.AtHundredth, scores.TruePositiveRates[10]);
        Assert.Null(scores.AtThousandth);
        Assert.InRange(scores.Auc, 0.49, 0.52);
    }

    [Fact]
    public void With_few_forgotten_records_nothing_is_kept()
    {
        double[] nine = [.. Enumerable.Range(0, 9).Select(i => (double)i)], many = [.. Enumerable.Range(0, 50).Select(i => (double)i)];
        Assert.Null(ScoreFigures.Of(nine, many, 0, 10, 1));
        Assert.NotNull(ScoreFigures.Of([.. nine, 9], many, 0, 10, 1));
    }

    [Fact]
    public void Answers_that_are_no_numbers_have_no_distribution()
    {
        var broken = new EvaluationResult(0, [.. Enumerable.Repeat(float.NaN, 12)], new int[12], new float[12, 2], new int[12]);
        Assert.Null(ScoreFigures.OfConfidence(broken, broken));
        Assert.Null(ScoreFigures.OfConfidence(broken, null));
    }

    [Fact]
    public void Gold_models_are_pooled_by_adding_counts_and_averaging_curves()
    {
        double[] low = [.. Enumerable.Range(0, 10).Select(i => i / 10.0)], high = [.. low.Select(score => score + 1)];
        var parts = new[] { ScoreFigures.Of(low, high, 0, 2, 1)!, ScoreFigures.Of(high, low, 0, 2, 1)! };
        var pooled = ScoreDistribution.Pool(parts);
        Assert.Equal([10, 10], pooled.Forgotten);
        Assert.Equal(0.5, pooled.Auc, 12);
        Assert.Equal((parts[0].TruePositiveRates[20] + parts[1].TruePositiveRates[20]) / 2, pooled.TruePositiveRates[20], 12);
    }

    [Fact]
    public void Scores_with_shadow_models_are_kept_for_ten_records_and_more_only()
    {
        MembershipScores Scores(int records, double shift) => new(
            [.. Enumerable.Range(0, records).Select(i => new[] { shift + i / 10.0 })], [.. Enumerable.Range(0, records).Select(i => new[] { i / 10.0, i / 10.0 - 1 })]);
        Assert.Null(ScoreFigures.OfShadows("U-LiRA", Scores(9, 1), Scores(9, 0), [Scores(9, 0)], isShare: false));
        var kept = ScoreFigures.OfShadows("U-LiRA", Scores(12, 1), Scores(12, 0), [Scores(12, 0), Scores(12, 0)], isShare: false)!;
        Assert.Equal(["original", "unlearned", "gold"], kept.Models.Select(model => model.Model));
        Assert.Equal([12, 12, 24], kept.Models.Select(model => model.Scores.Forgotten.Sum()));
        Assert.Equal([24, 24, 48], kept.Models.Select(model => model.Scores.Unseen.Sum()));
    }
}
