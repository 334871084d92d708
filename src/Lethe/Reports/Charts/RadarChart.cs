using Lethe.Core.Verdicts;

namespace Lethe.Reports.Charts;

/// <summary>
/// One axis a test: how far original and judged model lie from gold's mean, in units of gold's range (its spread over training seeds,
/// widened to where a further gold model is expected). Inside ring 1 a model is like gold; the axis is logarithmic beyond.
/// </summary>
internal static class RadarChart
{
    private const double Size = 480, Height = 390, CentreX = 240, CentreY = 196, Radius = 128, Least = 1e-9;
    private const int ShortName = 8;
    private static readonly double[] Rims = [4, 16, 64];

    /// <summary>Fewer axes make no area.</summary>
    public const int LeastAxes = 3;

    public static string Draw(IReadOnlyList<VerdictTest> tests)
    {
        var axes = Axes(tests);
        double farthest = axes.SelectMany(axis => (double?[])[Distance(axis, axis.Original), Distance(axis, axis.Candidate)]).Max() ?? 1;
        double rim = Rims.FirstOrDefault(edge => edge >= farthest, Rims[^1]);
        double[] rings = [1, .. Rims.Where(edge => edge <= rim)];
        var svg = new Svg(Size, Height, "Measures of the original and the unlearned model against gold");
        svg.Circle(CentreX, CentreY, At(1, rim), "gold-disk");
        foreach (double ring in rings)
            svg.Circle(CentreX, CentreY, At(ring, rim), ring == 1 ? "ring ring-gold" : "ring");
        for (int i = 0; i < axes.Count; i++)
        {
            var (x, y) = Place(i, axes.Count, Radius);
            svg.Line(CentreX, CentreY, x, y, "grid");
            Label(svg, i, axes.Count, axes[i].Name);
        }

        Area(svg, axes, axis => axis.Original, rim, "area area-original");
        Area(svg, axes, axis => axis.Candidate, rim, "area area-unlearned");
        for (int i = 0; i < axes.Count; i++)
        {
            Dot(svg, axes[i], i, axes.Count, axes[i].Original, rim, "original");
            Dot(svg, axes[i], i, axes.Count, axes[i].Candidate, rim, "unlearned");
        }

        foreach (double ring in rings)
        {
            var (x, y) = Place(0.5, axes.Count, At(ring, rim));
            svg.Text(x, y + 4, $"{ring:0}×", "tick", "middle");
        }

        return svg.ToString();
    }

    /// <summary>The tests that have a range to measure by.</summary>
    public static IReadOnlyList<VerdictTest> Axes(IEnumerable<VerdictTest> tests) => [.. tests.Where(test => Distance(test, test.Candidate) is not null)];

    /// <summary>Distance from gold's mean over the half of gold's range on that side; null without a range.</summary>
    public static double? Distance(VerdictTest test, double? value)
    {
        if (value is not { } figure || !double.IsFinite(figure) || test.Golds.Count < 2)
            return null;
        double mean = test.Golds.Average(), half = figure >= mean ? test.NullHigh - mean : mean - test.NullLow;
        return double.IsNaN(half) || half <= Least * Math.Max(1, Math.Abs(mean)) ? null : double.IsInfinity(half) ? 0 : Math.Abs(figure - mean) / half;
    }

    private static double At(double distance, double rim) => Radius * Math.Log2(1 + Math.Min(distance, rim)) / Math.Log2(1 + rim);

    private static (double X, double Y) Place(double axis, int count, double radius)
    {
        double angle = 2 * Math.PI * axis / count - Math.PI / 2;
        return (CentreX + radius * Math.Cos(angle), CentreY + radius * Math.Sin(angle));
    }

    /// <summary>The area of a model over the axes on which it was measured.</summary>
    private static void Area(Svg svg, IReadOnlyList<VerdictTest> axes, Func<VerdictTest, double?> value, double rim, string cssClass)
    {
        var corners = Enumerable.Range(0, axes.Count).Where(i => Distance(axes[i], value(axes[i])) is not null)
            .Select(i => Place(i, axes.Count, At(Distance(axes[i], value(axes[i]))!.Value, rim))).ToList();
        if (corners.Count >= LeastAxes)
            svg.Polygon(corners, cssClass);
    }

    private static void Dot(Svg svg, VerdictTest test, int axis, int count, double? value, double rim, string model)
    {
        if (Distance(test, value) is not { } distance)
            return;
        var (x, y) = Place(axis, count, At(distance, rim));
        svg.Circle(x, y, 3.5, model, $"{test.Name}, {model}: {Wording.Number(distance)} times gold's range");
    }

    private static void Label(Svg svg, int axis, int count, string name)
    {
        double angle = 2 * Math.PI * axis / count - Math.PI / 2;
        double x = CentreX + (Radius + 12) * Math.Cos(angle), y = CentreY + (Radius + 14) * Math.Sin(angle);
        string anchor = Math.Abs(Math.Cos(angle)) < 0.2 ? "middle" : Math.Cos(angle) > 0 ? "start" : "end";
        string[] lines = name.Length <= ShortName ? [name] : name.Split('-', 2);
        double top = y + 4 + (lines.Length - 1) * (Math.Sin(angle) < -0.5 ? -14 : Math.Sin(angle) > 0.5 ? 0 : -7);
        for (int line = 0; line < lines.Length; line++)
            svg.Text(x, top + line * 15, lines.Length == 1 ? name : lines[line].Replace('-', ' '), "tick", anchor);
    }
}
