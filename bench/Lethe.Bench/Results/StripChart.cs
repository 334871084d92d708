using System.Globalization;
using System.Net;
using System.Text;

using Lethe.Verification;

namespace Lethe.Bench.Results;

/// <summary>A line of the chart.</summary>
internal sealed record Strip(string Label, IReadOnlyList<StripMark> Marks);

/// <summary>A figure on a line; one that is no finite number is not drawn.</summary>
internal sealed record StripMark(double Value, string Color, MarkShape Shape = MarkShape.Disc);

/// <summary>How a figure is drawn; dots are for the single draws or seeds behind a mean.</summary>
internal enum MarkShape
{
    Disc,
    Ring,
    Dot,
}

/// <summary>The range in which gold lies.</summary>
internal sealed record StripBand(GoldSpread Gold, string Color);

/// <summary>A line a method, its figures as marks on one axis, over the ranges in which gold lies.</summary>
internal sealed class StripChart(string title, ChartAxis axis, IReadOnlyList<Strip> strips, params IReadOnlyList<StripBand?> bands)
{
    public const string Red = "#b3402a", Blue = "#2a5d8f", Golden = "#c58a1b", Ink = "#333";

    private const int LeastLeft = 150, LetterWidth = 6, Plot = 560, Right = 30, Top = 40, Line = 20, Bottom = 30;

    private readonly int left = Math.Max(LeastLeft, LetterWidth * strips.Max(static strip => strip.Label.Length) + 16);

    public string Draw()
    {
        int height = Top + strips.Count * Line + Bottom, width = left + Plot + Right;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"12\" fill=\"{Ink}\">\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{left}\" y=\"16\">{title}{(bands.Any(static band => band is not null) ? "; bands: gold ± 2 sd" : "")}</text>\n");
        foreach (var band in bands.OfType<StripBand>()) Band(svg, band);
        foreach (var tick in axis.Ticks)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{X(tick):0.#}\" x2=\"{X(tick):0.#}\" y1=\"{Top}\" y2=\"{height - Bottom}\" stroke=\"#ddd\"/>")
                .Append(CultureInfo.InvariantCulture, $"<text x=\"{X(tick):0.#}\" y=\"{height - Bottom + 16}\" text-anchor=\"middle\">{axis.Format(tick)}</text>\n");
        }

        for (var i = 0; i < strips.Count; i++)
        {
            var y = Top + i * Line + Line / 2;
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{left - 10}\" y=\"{y + 4}\" text-anchor=\"end\">{WebUtility.HtmlEncode(strips[i].Label)}</text>");
            foreach (var mark in strips[i].Marks.Where(static mark => double.IsFinite(mark.Value))) svg.Append(Mark(mark, y));
            svg.Append('\n');
        }

        return svg.Append("</svg>\n").ToString();
    }

    private string Mark(StripMark mark, int y)
    {
        var (radius, look) = mark.Shape switch
        {
            MarkShape.Ring => (4.5, $"fill=\"none\" stroke=\"{mark.Color}\" stroke-width=\"2\""),
            MarkShape.Dot => (2.5, $"fill=\"{mark.Color}\" opacity=\"0.35\""),
            _ => (4.5, $"fill=\"{mark.Color}\""),
        };
        return string.Create(CultureInfo.InvariantCulture, $"<circle cx=\"{X(mark.Value):0.#}\" cy=\"{y}\" r=\"{radius}\" {look}/>");
    }

    private double X(double value) => left + Plot * axis.Position(value);

    private void Band(StringBuilder svg, StripBand band)
    {
        double low = Math.Clamp(band.Gold.Low, axis.Ticks[0], axis.Ticks[^1]), high = Math.Clamp(band.Gold.High, axis.Ticks[0], axis.Ticks[^1]);
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{X(low):0.#}\" y=\"{Top}\" width=\"{Math.Max(1, X(high) - X(low)):0.#}\" height=\"{strips.Count * Line}\" fill=\"{band.Color}\" opacity=\"0.2\"/>\n");
    }
}
