namespace Lethe.Reports.Charts;

/// <summary>Residual memory against the block, with fit, noise floor, threshold and stop point.</summary>
internal static class ResidualChart
{
    private const double WideRange = 8;
    private const double LabelRise = 5;

    public static string Draw(ResidualCurve curve)
    {
        const double width = 480, height = 300;
        var frame = new Frame(56, 34, 466, 244);
        var svg = new Svg(width, height, "Residual memory of the forgotten records, block by block");
        var points = curve.Values.Select((value, i) => (Block: (double)(curve.FirstBlock + i), Value: value)).ToList();
        var levels = points.Select(p => p.Value).Append(curve.NoiseFloor ?? double.NaN).Append(curve.Threshold ?? double.NaN)
            .Where(v => double.IsFinite(v) && v > 0).DefaultIfEmpty(1).ToList();
        double high = levels.Max(), low = levels.Min();
        bool logarithmic = high / low > WideRange;
        var y = logarithmic
            ? Scale.Log(low / 1.3, high * 1.2, frame.Bottom, frame.Top)
            : Scale.Linear(0, high * 1.05, frame.Bottom, frame.Top);
        double first = points[0].Block, last = Math.Max(points[^1].Block, first + 1);
        var x = Scale.Linear(first - 0.5, last + 0.5, frame.Left, frame.Right, (int)Math.Min(6, last - first + 1), round: false);

        frame.DrawY(svg, y, "Δ, L1 distance of the two runs' updates" + (logarithmic ? " (log)" : ""));
        frame.DrawX(svg, x, "block", tick => tick == Math.Floor(tick) ? Frame.Short(tick) : "");
        bool one = curve.NoiseFloor == curve.Threshold;
        Level(svg, frame, y, curve.NoiseFloor, one ? "noise floor = stop level" : "noise floor", "floor");
        if (!one) Level(svg, frame, y, curve.Threshold, "stop level", "threshold");
        if (curve.Fit is { } fit && points.Count > 1)
            svg.Path(FitPoints(curve, fit, x, y), "fit");
        if (points.Count > 1)
            svg.Path(points.Select(p => (x[p.Block], y[p.Value])), "curve");
        foreach (var (block, value) in points)
            svg.Circle(x[block], y[value], points.Count > 40 ? 2 : 3.5, "dot", $"block {block}: {Wording.Number(value)}");
        double stop = x[curve.StopBlock];
        svg.Line(stop, frame.Top, stop, frame.Bottom, "stop");
        bool flip = stop > (frame.Left + frame.Right) / 2;
        svg.Text(stop + (flip ? -6 : 6), Free(frame.Top + 12, curve, y), $"stop: block {curve.StopBlock}", "value", flip ? "end" : "start");
        return svg.ToString();
    }

    /// <summary>The first height from <paramref name="from"/> down at which no level's label stands.</summary>
    private static double Free(double from, ResidualCurve curve, Scale y)
    {
        const double line = 14;
        double[] labels = [.. new[] { curve.NoiseFloor, curve.Threshold }.Where(level => level > 0).Select(level => y[level!.Value] - LabelRise)];
        while (labels.Any(label => Math.Abs(label - from) < line))
            from += line;
        return from;
    }

    private static void Level(Svg svg, Frame frame, Scale y, double? level, string name, string cssClass)
    {
        if (level is not { } value || !double.IsFinite(value) || value <= 0)
            return;
        svg.Line(frame.Left, y[value], frame.Right, y[value], cssClass);
        svg.Text(cssClass == "floor" ? frame.Left + 4 : frame.Right - 4, y[value] - LabelRise, $"{name} {Wording.Number(value)}", "tick", cssClass == "floor" ? "start" : "end");
    }

    private static IEnumerable<(double, double)> FitPoints(ResidualCurve curve, DecayCurve fit, Scale x, Scale y)
    {
        const int steps = 60;
        double from = Math.Max(curve.FitFirstBlock, curve.FirstBlock), to = curve.FirstBlock + curve.Values.Count - 1;
        for (int i = 0; i <= steps; i++)
        {
            double block = from + (to - from) * i / steps;
            double value = fit.A * Math.Pow(block - curve.FitFirstBlock + 1, -fit.H) + fit.B;
            if (double.IsFinite(value) && value > 0)
                yield return (x[block], y[value]);
        }
    }
}
