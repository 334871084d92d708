using Lethe.Operations;
using Lethe.Reports;
using Lethe.Reports.Charts;

namespace Lethe.Tests.Operations;

public sealed class MemoryFiguresTests
{
    private static readonly float[] s_unseen = [.. Enumerable.Range(0, 100).Select(i => i / 50f)];
    private static readonly float[] s_remembered = [.. s_unseen.Select(loss => loss / 5)];

    [Fact]
    public void The_age_is_told_in_words()
    {
        Assert.StartsWith("An attack on the loss still finds", MemoryFigures.Of([s_remembered, s_remembered], s_unseen).Explanation, StringComparison.Ordinal);
        Assert.StartsWith("An attack on the loss tells no block's", MemoryFigures.Of([s_unseen, s_unseen], s_unseen).Explanation, StringComparison.Ordinal);
        Assert.Contains("only where it looks at the youngest block too", MemoryFigures.Of([s_unseen, s_remembered], s_unseen).Explanation, StringComparison.Ordinal);
        var two = MemoryFigures.Of([s_unseen, s_unseen, s_remembered, s_remembered], s_unseen);
        Assert.Equal(2, two.NothingLeftFrom);
        Assert.Contains("blocks of age 2 and more", two.Explanation, StringComparison.Ordinal);
        Assert.Contains("up to age 1", two.Explanation, StringComparison.Ordinal);
        Assert.Equal(4, two.ChanceAucs.Count);
        Assert.InRange(two.DetectableAuc!.Value, 0.55, 0.65);
    }

    [Fact]
    public void The_sentence_and_the_picture_go_by_the_same_rule()
    {
        // The third block from the end is remembered and the second is not: the sentence must not say that the youngest three are.
        var curve = MemoryFigures.Of([s_unseen, s_remembered, s_unseen, s_remembered], s_unseen);
        Assert.Equal(3, curve.NothingLeftFrom);
        Assert.Contains("up to age 2, not necessarily of every block", curve.Explanation, StringComparison.Ordinal);
        double[] remembered = [.. Enumerable.Range(0, 4).Where(block => curve.BlockAucs[block] > curve.ChanceAucs[block]).Select(block => (double)block)];
        Assert.Equal([1.0, 3.0], remembered);
        foreach (string picture in new[] { MemoryCurveChart.DrawAttack(curve), MemoryCurveChart.Draw(curve) })
            Assert.Contains("nothing is left that the attack could find", picture, StringComparison.Ordinal);
        var all = MemoryFigures.Of([s_remembered, s_remembered], s_unseen);
        Assert.DoesNotContain("nothing is left", MemoryCurveChart.DrawAttack(all), StringComparison.Ordinal);
    }

    [Fact]
    public void Blocks_that_are_harder_than_unseen_records_are_named()
    {
        float[] hard = [.. s_unseen.Select(loss => loss * 5)];
        Assert.Contains("Careful: the records of block 2 are harder", MemoryFigures.Of([s_unseen, hard, s_remembered], s_unseen).Explanation, StringComparison.Ordinal);
        Assert.DoesNotContain("Careful", MemoryFigures.Of([s_unseen, s_remembered], s_unseen).Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_diverged_model_and_emptied_blocks_still_have_a_picture()
    {
        var diverged = MemoryFigures.Of([[float.NaN, 1], s_unseen], s_unseen);
        Assert.Null(diverged.Explanation);
        Assert.Empty(diverged.BlockAucs);
        var emptied = MemoryFigures.Of([[], s_remembered], s_unseen);
        Assert.True(double.IsNaN(emptied.BlockLosses[0]));
        Assert.DoesNotContain("NaN", MemoryCurveChart.Draw(emptied) + MemoryCurveChart.Draw(diverged), StringComparison.Ordinal);
        Assert.Contains("AUC of an attack", MemoryCurveChart.DrawAttack(emptied), StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", MemoryCurveChart.DrawAttack(emptied), StringComparison.Ordinal);
        Assert.Empty(MemoryCurveChart.DrawAttack(diverged));
        Assert.DoesNotContain("NaN", MemoryCurveChart.Draw(new MemoryCurve(1, [double.NaN])), StringComparison.Ordinal);
    }
}
