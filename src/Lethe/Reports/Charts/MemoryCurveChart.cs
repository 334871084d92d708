namespace Lethe.Reports.Charts;

/// <summary>What is remembered of each block against the block's age: what an attack on the loss finds, and how much lower the loss is than that of unseen records.</summary>
internal static class MemoryCurveChart
{
    /// <summary>The attack's AUC with what chance explains; shaded are the ages from which nothing is left. Empty where no attack was run.</summary>
    public static string DrawAttack(MemoryCurve profile)
    {
        if (!profile.BlockAucs.Any(double.IsFinite))
            return "";
        var (aucs, chance) = (ByAge(profile.BlockAucs), ByAge(profile.ChanceAucs));
        return Draw(profile, "AUC of an attack on the loss against the block's age", "AUC of an attack on the loss (0.5 is chance)", aucs, 0.5, chance);
    }

    /// <summary>The gap between the mean loss of unseen records and that of the block's.</summary>
    public static string Draw(MemoryCurve profile) => Draw(
        profile, "Loss gap of each block's records against the block's age", "loss of unseen records − loss of the block's records (nats)",
        ByAge([.. profile.BlockLosses.Select(loss => profile.TestLoss - loss)]), 0, []);

    private static string Draw(MemoryCurve profile, string title, string unit, List<(double Age, double Value)> points, double nothing, List<(double Age, double Value)> chance)
    {
        const double width = 480, height = 290;
        var frame = new Frame(56, 34, 466, 236);
        var svg = new Svg(width, height, title);
        int blocks = profile.BlockLosses.Count;
        var values = points.Concat(chance).Select(point => point.Value).Append(nothing).ToList();
        var y = Scale.Linear(values.Min(), Math.Max(values.Max(), values.Min() + 0.01), frame.Bottom, frame.Top);
        var x = Scale.Linear(-0.5, blocks - 0.5, frame.Left, frame.Right, round: false);
        if (profile.NothingLeftFrom is { } from && from < blocks)
            svg.Rect(x[from - 0.5], frame.Top, frame.Right - x[from - 0.5], frame.Bottom - frame.Top, "untouched", "nothing is left that the attack could find", 0);
        frame.DrawY(svg, y, unit);
        frame.DrawX(svg, x, "age of the block (0 = trained last)");
        svg.Line(frame.Left, y[nothing], frame.Right, y[nothing], "axis-line");
        foreach (var (age, value) in points)
            svg.Circle(x[age], y[value], blocks > 150 ? 2 : 3, "dot", Tip(profile, (int)(blocks - 1 - age)));
        svg.Path(chance.Select(point => (x[point.Age], y[point.Value])), "chance");
        svg.Path(Smooth(points).Select(point => (x[point.Age], y[point.Value])), "curve");
        return svg.ToString();
    }

    private static string Tip(MemoryCurve profile, int block) =>
        $"block {block + 1}: gap {Wording.Number(profile.TestLoss - profile.BlockLosses[block])}"
        + (block < profile.BlockAucs.Count && double.IsFinite(profile.BlockAucs[block]) ? $", AUC of an attack {Wording.Number(profile.BlockAucs[block])}" : "");

    private static List<(double Age, double Value)> ByAge(IReadOnlyList<double> ofBlocks) =>
        [.. ofBlocks.Select((value, i) => (Age: (double)(ofBlocks.Count - 1 - i), Value: value)).Where(point => double.IsFinite(point.Value))];

    private static IEnumerable<(double Age, double Value)> Smooth(List<(double Age, double Value)> points)
    {
        int half = Math.Max(1, points.Count / 20);
        for (int i = 0; i < points.Count; i++)
        {
            int from = Math.Max(0, i - half), to = Math.Min(points.Count - 1, i + half);
            yield return (points[i].Age, points.GetRange(from, to - from + 1).Average(point => point.Value));
        }
    }
}
