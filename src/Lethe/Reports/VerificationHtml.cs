using System.Text;
using Lethe.Core.Verdicts;
using Lethe.Reports.Charts;

namespace Lethe.Reports;

/// <summary>Draws a <see cref="VerificationReport"/> as one self-contained HTML page: no scripts, no network, inline SVG.</summary>
internal static class VerificationHtml
{
    private const int MostClasses = 40;

    /// <summary>Renders the whole page.</summary>
    /// <param name="report">The figures.</param>
    public static string Render(VerificationReport report)
    {
        var verdict = report.Verdict;
        string word = verdict.Kind.ToString().ToUpperInvariant();
        var html = PageShell.Open($"{word}: {verdict.Request}", "Lethe · verification of " + verdict.Request);
        html.Append("<h1 class=\"verdict ").Append(word.ToLowerInvariant()).Append("\">").Append(word).Append("</h1>");
        AppendReasons(html, verdict);
        html.Append("</header>\n<section><h2>What was tested</h2><p>Gold models are trained from scratch without the forgotten records, with other seeds. A test asks whether the unlearned model lies where such models lie. ")
            .Append(verdict.GoldCount == 0 ? "Here there was none, so that every test abstains.</p>" : "A test that could not tell the original from gold either has no power here, and abstains.</p>");
        VerdictTable.Append(html, "Tests", verdict.Tests);
        if (verdict.Retests.Count > 0)
            VerdictTable.Append(html, "Again after relearning and after rounding to eight bits", verdict.Retests);
        html.Append("<div class=\"cards\">");
        AppendRadar(html, verdict);
        foreach (var scores in report.Scores)
            AppendScores(html, scores);
        if (report.Triggers.Count > 0)
            TriggerPage.Append(html, report.Triggers);
        if (report.Classes is { Rows.Count: > 0 } classes)
            AppendClasses(html, classes);
        AppendAccuracies(html, report.Measures);
        html.Append("</div></section>\n");
        GradientSection.Append(html, report.Gradients);
        if (report.Memory is { BlockLosses.Count: > 0 } memory)
            HtmlReport.AppendProfile(html, memory);
        if (report.Measures.Count > 0)
            RequestPage.AppendMeasures(html.Append("<section><h2>For context</h2><p>Figures that inform and do not decide.</p>"), report.Measures);
        HtmlReport.AppendFacts(html.Append(report.Measures.Count > 0 ? "" : "<section>").Append("<div class=\"card\" style=\"margin-top:18px\">"), [.. Facts(verdict), .. report.Setting]).Append("</div></section>\n<footer>");
        foreach (string note in report.Notes)
            html.Append("<p>").Append(E(note)).Append("</p>");
        return html.Append("<p>The same figures stand in <code>verification.json</code> beside this page, the verdict in <code>verdict.json</code>. Reached ")
            .Append(E(verdict.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", System.Globalization.CultureInfo.InvariantCulture)))
            .Append(".</p></footer>").Append(PageShell.End).ToString();
    }

    private static void AppendReasons(StringBuilder html, Verdict verdict)
    {
        foreach (var alarm in verdict.Alarms)
            html.Append("<p class=\"warning\"><b>Alarm, ").Append(E(alarm.Name)).Append(":</b> ").Append(E(alarm.Message)).Append("</p>");
        if (verdict.Reasons.Count > 0)
            html.Append("<p class=\"lead\">").Append(E(verdict.Reasons[0])).Append("</p>");
        if (verdict.Reasons.Count > 1)
        {
            html.Append("<ul class=\"reasons\">");
            foreach (string reason in verdict.Reasons.Skip(1))
                html.Append("<li>").Append(E(reason)).Append("</li>");
            html.Append("</ul>");
        }

        html.Append("<p><span class=\"pill\">").Append(E(verdict.Method)).Append("</span><span class=\"pill\">guarantee: ")
            .Append(verdict.Guarantee.ToString().ToLowerInvariant()).Append("</span><span class=\"pill\">")
            .Append(Wording.Count(verdict.Records, "forgotten record", "forgotten records")).Append("</span><span class=\"pill\">")
            .Append(Wording.Count(verdict.GoldCount, "gold model", "gold models")).Append("</span></p>");
    }

    private static void AppendRadar(StringBuilder html, Verdict verdict)
    {
        var axes = RadarChart.Axes(verdict.Tests.Concat(verdict.Retests));
        if (axes.Count < RadarChart.LeastAxes)
            return;
        bool original = axes.Any(axis => axis.Original is not null);
        Figure(html, "How far from gold", Key(original, "gold's range") + RadarChart.Draw(axes),
            "Each axis is one test. The distance from gold's mean is divided by half of gold's range, which is gold's spread over training seeds widened to where one more gold model is expected: inside 1× a model cannot be told from gold. Logarithmic; what lies beyond 64× is drawn at the rim.");
    }

    private static void AppendScores(StringBuilder html, ScoreComparison scores)
    {
        bool original = scores.Models.Any(model => model.Model == "original");
        Figure(html, "Scores: " + scores.Name,
            $"<ul class=\"key\"><li><i class=\"unlearned\"></i>bars: forgotten records</li><li><i class=\"line\"></i>line: {E(scores.Against)}</li></ul>" + HistogramChart.Draw(scores),
            scores.Explanation + " Forgotten means: the bars lie under the line as far as they do with gold." + (original ? "" : " Of the original no distribution was kept."));
        var table = new StringBuilder("<div class=\"scroll\"><table><thead><tr><th>Model</th><th class=\"n\">TPR at 0.1 %</th><th class=\"n\">TPR at 1 %</th><th class=\"n\">AUC</th></tr></thead><tbody>");
        foreach (var model in scores.Models)
        {
            table.Append("<tr><td>").Append(E(model.Model)).Append("</td>");
            foreach (string cell in (string[])[Wording.Figure(model.Scores.AtThousandth, FigureFormat.Percent), Wording.Figure(model.Scores.AtHundredth, FigureFormat.Percent), Wording.Number(model.Scores.Auc)])
                table.Append("<td class=\"n\">").Append(E(cell)).Append("</td>");
            table.Append("</tr>");
        }

        Figure(html, "What a careful attacker finds: " + scores.Name, Key(original, "gold (mean)") + RocChart.Draw(scores) + table.Append("</tbody></table></div>"),
            "The attacker accuses records whose score lies above a threshold. Dotted: one in a thousand, or in a hundred, is accused wrongly. By chance the attacker finds as many as are accused wrongly. A dash: too few of them for that rate.");
    }

    private static void AppendClasses(StringBuilder html, ClassTable classes)
    {
        var rows = classes.Rows.Count <= MostClasses
            ? classes.Rows
            : [.. classes.Rows.OrderByDescending(row => row.Forgotten > 0).ThenByDescending(row => Math.Abs(row.Unlearned - (row.Gold ?? row.Original ?? row.Unlearned))).Take(MostClasses)];
        string cut = rows.Count < classes.Rows.Count ? $" Shown are {rows.Count} of {classes.Rows.Count} classes: those of forgotten records, then those that differ most." : "";
        Figure(html, "Accuracy by class, in %", ClassHeatChart.Draw(rows), "Unseen records. Classes of forgotten records are bold. The last columns are the unlearned model minus the others: red where it is worse, blue where it is better." + cut);
    }

    private static void AppendAccuracies(StringBuilder html, IReadOnlyList<Comparison> measures)
    {
        Comparison[] accuracies = [.. measures.Where(row => row.Format == FigureFormat.Percent && row.Gold is not null && row.Name.StartsWith("accuracy", StringComparison.Ordinal))];
        if (accuracies.Length > 0)
            Figure(html, "Accuracy", Key(accuracies.Any(row => row.Original is not null), "gold (mean ± deviation)") + AccuracyChart.Draw(accuracies), "Good forgetting equals gold; it does not aim at zero on the forgotten records.");
    }

    private static Fact[] Facts(Verdict verdict) =>
    [
        new("unlearned model", verdict.Model.ToString()),
        new("policy", verdict.Policy.ToString()),
        new("level over all tests", Wording.Percent(verdict.Alpha)),
        verdict.NamedGolds.Count > 0
            ? new("gold models, named as files", string.Join(", ", verdict.NamedGolds.Select(gold => gold.Short)))
            : new("seeds of the gold models", string.Join(", ", verdict.Golds)),
        new("negative control", verdict.Control.Failed.Count > 0
            ? $"the untouched original is found INCOMPLETE by {Wording.Count(verdict.Control.Failed.Count, "test", "tests")} ({verdict.Control.Source})"
            : $"no test tells the untouched original from gold ({verdict.Control.Source})"),
        .. Neighbours(verdict),
    ];

    private static IEnumerable<Fact> Neighbours(Verdict verdict)
    {
        if (verdict.Neighbours is { } neighbours)
        {
            yield return new Fact("privacy of retained neighbours",
                $"attack's AUC on {Wording.Count(neighbours.Records, "record", "records")}: original {Wording.Figure(neighbours.Original, FigureFormat.Number)}, unlearned {Wording.Number(neighbours.Candidate)}"
                + (neighbours.Exposed ? "; they became easier to recognise" : "; no easier to recognise than before"));
        }
    }

    private static string Key(bool original, string gold) =>
        $"<ul class=\"key\">{(original ? "<li><i class=\"original\"></i>original</li>" : "")}<li><i class=\"unlearned\"></i>unlearned</li><li><i class=\"gold\"></i>{E(gold)}</li></ul>";

    internal static void Figure(StringBuilder html, string title, string body, string caption) =>
        html.Append("<figure><h3>").Append(E(title)).Append("</h3>").Append(body).Append("<figcaption>").Append(E(caption)).Append("</figcaption></figure>");

    private static string E(string text) => HtmlReport.E(text);
}
