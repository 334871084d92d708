namespace Lethe.Reports.Charts;

/// <summary>Bars of the work for each way to a model without the records, with the ratio to the first.</summary>
internal static class CostChart
{
    public static string Draw(IReadOnlyList<CostBar> costs, bool seconds)
    {
        var known = costs.Where(cost => !seconds || cost.Seconds is not null).ToList();
        const double width = 480, left = 8, right = 330, row = 46;
        string unit = seconds ? "seconds" : "samples";
        var svg = new Svg(width, known.Count * row + 6, $"Cost in {unit}");
        double Value(CostBar cost) => seconds ? cost.Seconds!.Value : cost.Samples;
        double largest = known.Select(Value).DefaultIfEmpty(1).Max();
        var x = Scale.Linear(0, largest <= 0 ? 1 : largest, left, right, round: false);
        for (int i = 0; i < known.Count; i++)
        {
            var cost = known[i];
            double value = Value(cost), top = i * row;
            string print = seconds ? Wording.Seconds(value) : Wording.Whole((long)value);
            string ratio = i == 0 || Value(known[0]) <= 0 ? "" : $"  ({Wording.Times(value / Value(known[0]))})";
            svg.Name(left, top + 14, cost.Name + (seconds && !cost.Measured ? " (estimate)" : ""));
            svg.Rect(left, top + 20, Math.Max(2, x[value] - left), 16, i == 0 ? "unlearned" : "neutral", print);
            svg.Text(Math.Max(x[value], left + 2) + 6, top + 33, print + ratio, "value");
        }

        return svg.ToString();
    }
}
