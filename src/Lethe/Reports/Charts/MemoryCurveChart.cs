namespace Lethe.Reports.Charts;

/// <summary>How much lower the loss of a block's records is than that of unseen records, against the block's age.</summary>
internal static class MemoryCurveChart
{
    public static string Draw(MemoryCurve profile)
    {
        const double width = 480, height = 290;
        var frame = new Frame(56, 34, 466, 236);
        var svg = new Svg(width, height, "Loss gap of each block's records against the block's age");
        int blocks = profile.BlockLosses.Count;
        var gaps = profile.BlockLosses.Select((loss, i) => (Age: (double)(blocks - 1 - i), Gap: profile.TestLoss - loss)).Where(point => double.IsFinite(point.Gap)).ToList();
        double low = gaps.Select(g => g.Gap).Append(0).Min(), high = gaps.Select(g => g.Gap).Append(0).Max();
        var y = Scale.Linear(low, high <= low ? low + 0.01 : high, frame.Bottom, frame.Top);
        var x = Scale.Linear(-0.5, blocks - 0.5, frame.Left, frame.Right, round: false);
        frame.DrawY(svg, y, "loss of unseen records − loss of the block's records (nats)");
        frame.DrawX(svg, x, "age of the block (0 = trained last)");
        svg.Line(frame.Left, y[0], frame.Right, y[0], "axis-line");
        foreach (var (age, gap) in gaps)
            svg.Circle(x[age], y[gap], blocks > 150 ? 2 : 3, "dot", $"block {blocks - age}: gap {Wording.Number(gap)}{Auc(profile, (int)(blocks - 1 - age))}");
        svg.Path(Smooth(gaps).Select(p => (x[p.Age], y[p.Gap])), "curve");
        return svg.ToString();
    }

    private static string Auc(MemoryCurve profile, int block) =>
        block < profile.BlockAucs.Count && double.IsFinite(profile.BlockAucs[block]) ? $", AUC of an attack {Wording.Number(profile.BlockAucs[block])}" : "";

    private static IEnumerable<(double Age, double Gap)> Smooth(List<(double Age, double Gap)> gaps)
    {
        int half = Math.Max(1, gaps.Count / 20);
        for (int i = 0; i < gaps.Count; i++)
        {
            int from = Math.Max(0, i - half), to = Math.Min(gaps.Count - 1, i + half);
            yield return (gaps[i].Age, gaps.GetRange(from, to - from + 1).Average(g => g.Gap));
        }
    }
}
