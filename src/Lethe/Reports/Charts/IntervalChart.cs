namespace Lethe.Reports.Charts;

/// <summary>Hit rates of a secret trigger with their exact binomial intervals.</summary>
internal static class IntervalChart
{
    public static string Draw(IReadOnlyList<HitRate> rates)
    {
        const double width = 480, left = 92, right = 400, row = 40;
        double bottom = rates.Count * row + 8;
        var svg = new Svg(width, bottom + 24, "Hit rate of the secret trigger for each model");
        var x = Scale.Linear(0, 1, left, right, 4);
        foreach (double tick in x.Ticks)
        {
            svg.Line(x[tick], 4, x[tick], bottom, "grid");
            svg.Text(x[tick], bottom + 16, $"{tick * 100:0} %", "tick", "middle");
        }

        for (int i = 0; i < rates.Count; i++)
        {
            var rate = rates[i];
            double middle = i * row + row / 2 + 4;
            string tip = $"{rate.Hits} of {rate.Queries}, interval {Wording.Percent(rate.Low)} to {Wording.Percent(rate.High)}";
            svg.Text(left - 8, middle + 4, rate.Model, "label", "end");
            svg.Rect(x[0], middle - 10, x[rate.Rate] - x[0], 20, rate.Model is "original" or "unlearned" or "gold" ? rate.Model : "neutral", tip);
            svg.Line(x[rate.Low], middle, x[rate.High], middle, "whisker");
            svg.Line(x[rate.Low], middle - 4, x[rate.Low], middle + 4, "whisker");
            svg.Line(x[rate.High], middle - 4, x[rate.High], middle + 4, "whisker");
            svg.Text(x[rate.High] + 8, middle + 4, Wording.Percent(rate.Rate), "value");
        }

        return svg.ToString();
    }
}
