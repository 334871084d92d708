namespace Lethe.Reports.Charts;

/// <summary>Horizontal bars of original, unlearned and gold for each accuracy, 0 to 100 %.</summary>
internal static class AccuracyChart
{
    private const double Width = 480;
    private const double BarHeight = 15;
    private const double BarGap = 3;

    public static string Draw(IReadOnlyList<Comparison> accuracies)
    {
        const double left = 8, right = 412;
        double group = 3 * (BarHeight + BarGap) + 34;
        var svg = new Svg(Width, accuracies.Count * group + 24, "Accuracies of the original, the unlearned and the gold model");
        var x = Scale.Linear(0, 1, left, right, 4);
        double bottom = accuracies.Count * group;
        foreach (double tick in x.Ticks)
        {
            svg.Line(x[tick], 14, x[tick], bottom, "grid");
            svg.Text(x[tick], bottom + 16, $"{tick * 100:0} %", "tick", "middle");
        }

        double y = 0;
        foreach (var accuracy in accuracies)
        {
            svg.Name(left, y + 16, accuracy.Name, "label strong");
            double top = y + 24;
            Bar(svg, x, top, accuracy.Original, null, "original");
            Bar(svg, x, top + BarHeight + BarGap, accuracy.Unlearned, null, "unlearned");
            Bar(svg, x, top + 2 * (BarHeight + BarGap), accuracy.Gold?.Mean, accuracy.Gold?.StandardDeviation, "gold");
            y += group;
        }

        return svg.ToString();
    }

    private static void Bar(Svg svg, Scale x, double top, double? value, double? deviation, string model)
    {
        if (value is not { } share || double.IsNaN(share))
        {
            svg.Text(x[0] + 4, top + BarHeight - 3, $"{model}: not measured", "tick");
            return;
        }

        svg.Rect(x[0], top, x[share] - x[0], BarHeight, model, $"{model}: {Wording.Percent(share)}");
        double end = x[share];
        if (deviation is { } sd)
        {
            double middle = top + BarHeight / 2;
            svg.Line(x[share - sd], middle, x[share + sd], middle, "whisker");
            end = Math.Max(end, x[share + sd]);
        }

        svg.Text(end + 6, top + BarHeight - 3, Wording.Percent(share), "value");
    }
}
