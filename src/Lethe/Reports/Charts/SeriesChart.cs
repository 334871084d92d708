namespace Lethe.Reports.Charts;

/// <summary>A series of values in the order in which they were taken.</summary>
internal static class SeriesChart
{
    private const int FewPoints = 40;

    public static string Draw(string name, IReadOnlyList<double> values)
    {
        const double width = 480, height = 260;
        var frame = new Frame(56, 18, 466, 206);
        var svg = new Svg(width, height, name);
        var points = values.Select((value, i) => (X: i + 1.0, Y: value)).Where(point => double.IsFinite(point.Y)).ToList();
        double low = points.Select(point => point.Y).DefaultIfEmpty(0).Min(), high = points.Select(point => point.Y).DefaultIfEmpty(1).Max();
        var y = Scale.Linear(Math.Min(0, low), Math.Max(0, high), frame.Bottom, frame.Top);
        var x = Scale.Linear(0.5, values.Count + 0.5, frame.Left, frame.Right, Math.Min(8, values.Count), round: false);
        frame.DrawY(svg, y, "");
        frame.DrawX(svg, x, "number in the series", tick => tick == Math.Floor(tick) ? Frame.Short(tick) : "");
        if (low < 0)
            svg.Line(frame.Left, y[0], frame.Right, y[0], "axis-line");
        if (points.Count > 1)
            svg.Path(points.Select(point => (x[point.X], y[point.Y])), "curve");
        foreach (var (position, value) in points)
            svg.Circle(x[position], y[value], points.Count > FewPoints ? 2 : 3.5, "dot", $"{position:0}: {Wording.Number(value)}");
        return svg.ToString();
    }
}
