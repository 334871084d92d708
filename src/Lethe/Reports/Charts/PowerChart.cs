namespace Lethe.Reports.Charts;

/// <summary>How probably tests by secret triggers notice data that is still in, against the number of queries; one line a person.</summary>
internal static class PowerChart
{
    public static string Draw(IReadOnlyList<TriggerFigures> triggers)
    {
        const double width = 480, height = 290;
        var frame = new Frame(56, 34, 462, 236);
        var svg = new Svg(width, height, "Power of the trigger tests against the number of queries");
        var y = Scale.Linear(0, 1, frame.Bottom, frame.Top);
        double first = triggers.Min(trigger => trigger.Power[0].Queries), last = triggers.Max(trigger => trigger.Power[^1].Queries);
        var x = Scale.Log(first, Math.Max(last, first + 1), frame.Left, frame.Right);
        frame.DrawY(svg, y, "power ρ: data that is still in is noticed", tick => FormattableString.Invariant($"{tick * 100:0} %"));
        frame.DrawX(svg, x, "queries n (log)");
        foreach (var trigger in triggers)
            svg.Path(trigger.Power.Select(point => (x[point.Queries], y[point.Rho])), triggers.Count == 1 ? "line line-unlearned" : "curve");
        var weakest = triggers.MinBy(trigger => trigger.Rho)!;
        double at = x[weakest.Queries];
        svg.Line(at, frame.Top, at, frame.Bottom, "stop");
        bool flip = at > (frame.Left + frame.Right) / 2;
        string label = $"n = {Wording.Whole(weakest.Queries)}: {(triggers.Count == 1 ? "" : "weakest ")}ρ = {Wording.Percent(weakest.Rho)}";
        svg.Text(at + (flip ? -6 : 6), frame.Bottom - 10, label, "value", flip ? "end" : "start");
        return svg.ToString();
    }
}
