using System.Globalization;
using System.Text;
using Lethe.Bench.Results;

namespace Lethe.Bench.ULira;

/// <summary>U-LiRA's ROC curves in logarithmic axes, from the rows.</summary>
internal static class ULiraCurves
{
    private const int Left = 60, Top = 20, Size = 460, Legend = 250, Bottom = 50, Decades = 4;
    private static readonly string[] Colors = ["#b3402a", "#777777", "#2a5d8f", "#3b8f4f", "#8a5fb0", "#c58a1b", "#d06fa0", "#4aa5a5", "#5b4636", "#111111"];

    public static string Draw(ResultsFile file)
    {
        var svg = new StringBuilder();
        int width = Left + Size + Legend, height = Top + Size + Bottom;
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#333\">\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
        Axes(svg);
        int drawn = 0;
        foreach (var (scheme, method) in ULiraPage.Lines(file))
        {
            var points = Points(file, scheme, method);
            if (points.Count == 0) continue;
            var color = Colors[drawn % Colors.Length];
            var dash = method == ULiraRows.Gold ? " stroke-dasharray=\"5 3\"" : "";
            svg.Append(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" stroke=\"{color}\" stroke-width=\"2\"{dash} points=\"{string.Join(' ', points.Select(point => FormattableString.Invariant($"{X(point.Rate):0.#},{Y(point.Found):0.#}")))}\"/>\n");
            var y = Top + 14 + 20 * drawn++;
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left + Size + 16}\" x2=\"{Left + Size + 40}\" y1=\"{y - 4}\" y2=\"{y - 4}\" stroke=\"{color}\" stroke-width=\"2\"{dash}/><text x=\"{Left + Size + 46}\" y=\"{y}\">{scheme}: {method}</text>\n");
        }
        return svg.Append("</svg>\n").ToString();
    }

    private static void Axes(StringBuilder svg)
    {
        for (var decade = 0; decade <= Decades; decade++)
        {
            var rate = Math.Pow(10, decade - Decades);
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{X(rate):0.#}\" x2=\"{X(rate):0.#}\" y1=\"{Top}\" y2=\"{Top + Size}\" stroke=\"#ddd\"/><line x1=\"{Left}\" x2=\"{Left + Size}\" y1=\"{Y(rate):0.#}\" y2=\"{Y(rate):0.#}\" stroke=\"#ddd\"/>")
                .Append(CultureInfo.InvariantCulture, $"<text x=\"{X(rate):0.#}\" y=\"{Top + Size + 18}\" text-anchor=\"middle\">{100 * rate:0.##} %</text><text x=\"{Left - 8}\" y=\"{Y(rate) + 4:0.#}\" text-anchor=\"end\">{100 * rate:0.##} %</text>\n");
        }
        svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" y1=\"{Top + Size}\" x2=\"{Left + Size}\" y2=\"{Top}\" stroke=\"#aaa\" stroke-dasharray=\"2 4\"/>\n")
            .Append(CultureInfo.InvariantCulture, $"<text x=\"{Left + Size / 2}\" y=\"{Top + Size + 38}\" text-anchor=\"middle\">records accused that were never learned (FPR); dotted: chance</text>\n")
            .Append(CultureInfo.InvariantCulture, $"<text transform=\"translate(14 {Top + Size / 2}) rotate(-90)\" text-anchor=\"middle\">forgotten records found (TPR)</text>\n");
    }

    private static List<(double Rate, double Found)> Points(ResultsFile file, string scheme, string method) =>
    [
        .. file.Rows.Where(row => row.Scenario == scheme && row.Method == method && row.Metric.StartsWith(ULiraRows.CurvePoint, StringComparison.Ordinal))
            .Select(row => (double.Parse(row.Metric[ULiraRows.CurvePoint.Length..], CultureInfo.InvariantCulture), row.Value)),
    ];

    private static double X(double rate) => Left + Size * (1 + Math.Log10(Math.Max(rate, ULiraRows.LowestRate)) / Decades);

    private static double Y(double rate) => Top + Size - Size * (1 + Math.Log10(Math.Max(rate, ULiraRows.LowestRate)) / Decades);
}
