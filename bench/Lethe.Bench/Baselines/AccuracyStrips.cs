using System.Globalization;
using System.Text;

using Lethe.Verification;

namespace Lethe.Bench.Baselines;

/// <summary>One line of the plot; both accuracies in [0, 1].</summary>
internal sealed record AccuracyStrip(string Method, double Forgotten, double Test);

/// <summary>A line a method: its accuracy on D_f as a disc, on test as a ring, over the ranges in which gold lies.</summary>
internal sealed class AccuracyStrips(IReadOnlyList<AccuracyStrip> strips, GoldSpread? goldForgotten, GoldSpread? goldTest, string title)
{
    private const int Left = 150, Plot = 560, Right = 30, Top = 40, Line = 20, Bottom = 30;
    private const string Forgotten = "#b3402a", Test = "#2a5d8f", Ink = "#333";

    public string Draw()
    {
        var height = Top + strips.Count * Line + Bottom;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Left + Plot + Right} {height}\" width=\"{Left + Plot + Right}\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"12\" fill=\"{Ink}\">\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"16\">{title}; bands: gold ± 2 sd</text>\n");
        Band(svg, goldForgotten, Forgotten);
        Band(svg, goldTest, Test);
        for (var percent = 0; percent <= 100; percent += 20)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{X(percent / 100.0):0.#}\" x2=\"{X(percent / 100.0):0.#}\" y1=\"{Top}\" y2=\"{height - Bottom}\" stroke=\"#ddd\"/>")
                .Append(CultureInfo.InvariantCulture, $"<text x=\"{X(percent / 100.0):0.#}\" y=\"{height - Bottom + 16}\" text-anchor=\"middle\">{percent} %</text>\n");
        }

        for (var i = 0; i < strips.Count; i++)
        {
            var y = Top + i * Line + Line / 2;
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 10}\" y=\"{y + 4}\" text-anchor=\"end\">{strips[i].Method}</text>")
                .Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(strips[i].Forgotten):0.#}\" cy=\"{y}\" r=\"4.5\" fill=\"{Forgotten}\"/>")
                .Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(strips[i].Test):0.#}\" cy=\"{y}\" r=\"4.5\" fill=\"none\" stroke=\"{Test}\" stroke-width=\"2\"/>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static double X(double share) => Left + Plot * share;

    private void Band(StringBuilder svg, GoldSpread? gold, string color)
    {
        if (gold is null)
        {
            return;
        }

        var (low, high) = (Math.Clamp(gold.Low, 0, 1), Math.Clamp(gold.High, 0, 1));
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{X(low):0.#}\" y=\"{Top}\" width=\"{Math.Max(1, Plot * (high - low)):0.#}\" height=\"{strips.Count * Line}\" fill=\"{color}\" opacity=\"0.2\"/>\n");
    }
}
