using System.Text;
using Lethe.Core.Verdicts;

namespace Lethe.Reports;

/// <summary>The tests of a verdict, one row each.</summary>
internal static class VerdictTable
{
    public static void Append(StringBuilder html, string title, IReadOnlyList<VerdictTest> tests)
    {
        html.Append("<div class=\"card scroll\" style=\"margin-top:18px\"><h3>").Append(E(title))
            .Append("</h3><table class=\"figures\"><thead><tr><th>Measure</th><th class=\"n\">Original</th><th class=\"n\">Unlearned</th><th class=\"n\">Gold</th><th class=\"n\">Gold's range</th><th class=\"n\">Power</th><th>Outcome</th></tr></thead><tbody>");
        foreach (var test in tests)
        {
            var format = FormatOf(test.Name);
            html.Append("<tr><td class=\"wide\"><b>").Append(E(test.Name.Replace('-', ' '))).Append("</b><small>").Append(E(test.Definition)).Append("</small></td>");
            RequestTable.Cell(html, "original", Wording.Figure(test.Original, format));
            RequestTable.Cell(html, "unlearned", Wording.Figure(test.Candidate, format));
            RequestTable.Cell(html, "gold", Wording.Figure(SpreadOf(test), format));
            RequestTable.Cell(html, "gold's range", Wording.Range(test, format));
            RequestTable.Cell(html, "power", test.Power is { } power ? Power(power) : "–");
            string outcome = test.Outcome.ToString().ToLowerInvariant();
            html.Append("<td class=\"goal wide\" data-name=\"outcome\"><span class=\"outcome ").Append(outcome).Append("\">").Append(Word(test.Outcome)).Append("</span><small>")
                .Append(E(test.Why)).Append(double.IsFinite(test.AdjustedP) ? E($" p = {Wording.Number(test.P)}, {Wording.Number(test.AdjustedP)} after Holm.") : "").Append("</small></td></tr>");
        }

        html.Append("</tbody></table></div>");
    }

    private static string Word(TestOutcome outcome) => outcome switch
    {
        TestOutcome.Within => "like gold",
        TestOutcome.Outside => "unlike gold",
        _ => "abstains",
    };

    private static FigureFormat FormatOf(string name) =>
        name.EndsWith("accuracy", StringComparison.Ordinal) || name == VerdictMeasures.BackdoorHits ? FigureFormat.Percent : FigureFormat.Number;

    private static Spread? SpreadOf(VerdictTest test)
    {
        if (test.Golds.Count == 0 || !test.Golds.All(double.IsFinite))
            return null;
        double mean = test.Golds.Average();
        double? deviation = test.Golds.Count < 2 ? null : Math.Sqrt(test.Golds.Sum(value => (value - mean) * (value - mean)) / (test.Golds.Count - 1));
        return new Spread(mean, deviation, test.Golds.Count);
    }

    private static string Power(double power) => power > 0.9995 ? "> 99.9 %" : Wording.Percent(power);

    private static string E(string text) => HtmlReport.E(text);
}
