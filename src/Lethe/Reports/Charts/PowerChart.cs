namespace Lethe.Reports.Charts;

/// <summary>How probably a test by a secret trigger notices data that is still in, against the number of queries.</summary>
internal static class PowerChart
{
    public static string Draw(TriggerFigures trigger)
    {
        const double width = 480, height = 290;
        var frame = new Frame(56, 34, 462, 236);
        var svg = new Svg(width, height, "Power of the trigger test against the number of queries");
        var y = Scale.Linear(0, 1, frame.Bottom, frame.Top);
        var x = Scale.Log(trigger.Power[0].Queries, Math.Max(trigger.Power[^1].Queries, trigger.Power[0].Queries + 1), frame.Left, frame.Right);
        frame.DrawY(svg, y, "power ρ: data that is still in is noticed", tick => FormattableString.Invariant($"{tick * 100:0} %"));
        frame.DrawX(svg, x, "queries n (log)");
        svg.Path(trigger.Power.Select(point => (x[point.Queries], y[point.Rho])), "line line-unlearned");
        double at = x[trigger.Queries];
        svg.Line(at, frame.Top, at, frame.Bottom, "stop");
        bool flip = at > (frame.Left + frame.Right) / 2;
        svg.Text(at + (flip ? -6 : 6), frame.Bottom - 10, $"n = {Wording.Whole(trigger.Queries)}: ρ = {Wording.Percent(trigger.Rho)}", "value", flip ? "end" : "start");
        return svg.ToString();
    }
}
