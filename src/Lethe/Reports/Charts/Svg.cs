using System.Globalization;
using System.Net;
using System.Text;

namespace Lethe.Reports.Charts;

/// <summary>Builds one inline SVG picture; colours come from the page's style sheet by class.</summary>
internal sealed class Svg
{
    /// <summary>Characters that fit a width of 480 in the largest letters that the style sheet gives a name.</summary>
    private const int LongestName = 58;

    private readonly StringBuilder _body = new();
    private readonly double _width;
    private readonly double _height;
    private readonly string _title;

    public Svg(double width, double height, string title)
    {
        _width = width;
        _height = height;
        _title = title;
    }

    public Svg Line(double x1, double y1, double x2, double y2, string cssClass)
    {
        _body.Append(CultureInfo.InvariantCulture, $"""<line x1="{N(x1)}" y1="{N(y1)}" x2="{N(x2)}" y2="{N(y2)}" class="{cssClass}"/>""");
        return this;
    }

    public Svg Rect(double x, double y, double width, double height, string cssClass, string? tip = null, double radius = 2)
    {
        _body.Append(CultureInfo.InvariantCulture, $"""<rect x="{N(x)}" y="{N(y)}" width="{N(Math.Max(0, width))}" height="{N(Math.Max(0, height))}" rx="{N(radius)}" class="{cssClass}" """);
        return Close("rect", tip);
    }

    public Svg Circle(double x, double y, double radius, string cssClass, string? tip = null)
    {
        _body.Append(CultureInfo.InvariantCulture, $"""<circle cx="{N(x)}" cy="{N(y)}" r="{N(radius)}" class="{cssClass}" """);
        return Close("circle", tip);
    }

    /// <summary>A rectangle in a part of its colour's strength, 0 … 1.</summary>
    public Svg Cell(double x, double y, double width, double height, string cssClass, double strength, string tip)
    {
        _body.Append(CultureInfo.InvariantCulture, $"""<rect x="{N(x)}" y="{N(y)}" width="{N(width)}" height="{N(height)}" rx="3" class="{cssClass}" fill-opacity="{N(strength)}" """);
        return Close("rect", tip);
    }

    /// <summary>A closed line through the points.</summary>
    public Svg Polygon(IEnumerable<(double X, double Y)> points, string cssClass)
    {
        string corners = string.Join(' ', points.Select(point => N(point.X) + "," + N(point.Y)));
        _body.Append("<polygon points=\"").Append(corners).Append("\" class=\"").Append(cssClass).Append("\"/>");
        return this;
    }

    public Svg Path(IEnumerable<(double X, double Y)> points, string cssClass)
    {
        char command = 'M';
        _body.Append("<path d=\"");
        foreach ((double x, double y) in points)
        {
            _body.Append(command).Append(N(x)).Append(' ').Append(N(y));
            command = 'L';
        }

        _body.Append("\" class=\"").Append(cssClass).Append("\"/>");
        return this;
    }

    public Svg Text(double x, double y, string text, string cssClass = "label", string anchor = "start")
    {
        _body.Append(CultureInfo.InvariantCulture, $"""<text x="{N(x)}" y="{N(y)}" class="{cssClass}" text-anchor="{anchor}">{WebUtility.HtmlEncode(text)}</text>""");
        return this;
    }

    /// <summary>A name of any length: what does not fit a chart of the usual width is cut and shown whole when pointed at.</summary>
    public Svg Name(double x, double y, string text, string cssClass = "label")
    {
        string shown = text.Length <= LongestName ? text : text[..(LongestName - 1)].TrimEnd() + "…";
        _body.Append(CultureInfo.InvariantCulture, $"""<text x="{N(x)}" y="{N(y)}" class="{cssClass}" """);
        _body.Append('>').Append(WebUtility.HtmlEncode(shown));
        if (shown.Length < text.Length)
            _body.Append("<title>").Append(WebUtility.HtmlEncode(text)).Append("</title>");
        _body.Append("</text>");
        return this;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"""<svg viewBox="0 0 {N(_width)} {N(_height)}" role="img" aria-label="{WebUtility.HtmlEncode(_title)}" xmlns="http://www.w3.org/2000/svg">{_body}</svg>""");

    private Svg Close(string element, string? tip)
    {
        if (tip is null)
            _body.Append("/>");
        else
            _body.Append("><title>").Append(WebUtility.HtmlEncode(tip)).Append("</title></").Append(element).Append('>');
        return this;
    }

    private static string N(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);
}
