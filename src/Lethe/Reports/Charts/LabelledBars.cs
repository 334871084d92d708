namespace Lethe.Reports.Charts;

/// <summary>One horizontal bar for each label; negative values go to the left of the zero line.</summary>
internal static class LabelledBars
{
    private const int LongestLabel = 26;

    public static string Draw(string name, IReadOnlyList<double> values, IReadOnlyList<string> labels)
    {
        const double width = 480, left = 178, right = 416, row = 24, bar = 14;
        int count = Math.Min(values.Count, labels.Count);
        var svg = new Svg(width, count * row + 6, name);
        var finite = values.Take(count).Where(double.IsFinite).Append(0).ToList();
        var x = Scale.Linear(finite.Min(), finite.Max(), left, right, round: false);
        for (int i = 0; i < count; i++)
        {
            double top = i * row + 4, value = double.IsFinite(values[i]) ? values[i] : 0;
            double from = Math.Min(x[0], x[value]), to = Math.Max(x[0], x[value]);
            svg.Text(left - 8, top + 12, Shortened(labels[i]), "tick", "end");
            svg.Rect(from, top, Math.Max(1, to - from), bar, "unlearned", $"{labels[i]}: {Wording.Number(values[i])}");
            svg.Text(to + 6, top + 12, Wording.Number(values[i]), "value");
        }

        svg.Line(x[0], 0, x[0], count * row + 2, "axis-line");
        return svg.ToString();
    }

    private static string Shortened(string label) => label.Length <= LongestLabel ? label : "…" + label[^(LongestLabel - 1)..];
}
