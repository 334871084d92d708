using System.Globalization;

namespace Lethe.Reports.Charts;

/// <summary>The plot area of a chart with its grid, ticks and axis titles.</summary>
internal sealed record Frame(double Left, double Top, double Right, double Bottom)
{
    public void DrawY(Svg svg, Scale y, string title, Func<double, string>? print = null)
    {
        foreach (double tick in y.Ticks)
        {
            svg.Line(Left, y[tick], Right, y[tick], "grid");
            svg.Text(Left - 6, y[tick] + 4, (print ?? Short)(tick), "tick", "end");
        }

        svg.Text(0, Top - 12, title, "axis");
    }

    public void DrawX(Svg svg, Scale x, string title, Func<double, string>? print = null)
    {
        svg.Line(Left, Bottom, Right, Bottom, "axis-line");
        foreach (double tick in x.Ticks)
        {
            svg.Line(x[tick], Bottom, x[tick], Bottom + 4, "axis-line");
            svg.Text(x[tick], Bottom + 18, (print ?? Short)(tick), "tick", "middle");
        }

        svg.Text(Right, Bottom + 36, title, "axis", "end");
    }

    public static string Short(double value)
    {
        double size = Math.Abs(value);
        return size switch
        {
            0 => "0",
            >= 1e9 => (value / 1e9).ToString("0.#", CultureInfo.InvariantCulture) + " G",
            >= 1e6 => (value / 1e6).ToString("0.#", CultureInfo.InvariantCulture) + " M",
            >= 1e4 => (value / 1e3).ToString("0.#", CultureInfo.InvariantCulture) + " k",
            < 1e-3 => value.ToString("0e-0", CultureInfo.InvariantCulture),
            _ => value.ToString("0.####", CultureInfo.InvariantCulture),
        };
    }
}
