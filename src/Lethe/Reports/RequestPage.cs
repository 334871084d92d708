using System.Text;
using Lethe.Reports.Charts;

namespace Lethe.Reports;

/// <summary>The section of one request.</summary>
internal static class RequestPage
{
    /// <param name="html">The page.</param>
    /// <param name="request">The request.</param>
    /// <param name="alone">Whether the page is about this request only: then its headline is the page's.</param>
    public static void Append(StringBuilder html, RequestSection request, bool alone)
    {
        html.Append("<section id=\"").Append(E(request.Id)).Append("\">");
        if (alone)
            html.Append("<h2>").Append(E(request.Title)).Append("</h2>");
        else
            html.Append("<p class=\"kicker\">").Append(E(request.Title)).Append("</p><h2>").Append(HtmlReport.Title(request.Headline)).Append("</h2>");
        html.Append("<p><span class=\"pill\">").Append(E(request.Method)).Append("</span><span class=\"pill\">guarantee: ")
            .Append(E(request.Guarantee)).Append("</span><span class=\"pill\">").Append(E(request.Id)).Append("</span></p>");
        foreach (string warning in request.Warnings)
            html.Append("<p class=\"warning\"><b>Careful:</b> ").Append(E(warning)).Append("</p>");
        foreach (string paragraph in request.Explanation)
            html.Append("<p>").Append(E(paragraph)).Append("</p>");
        if (request.Decision is not null)
            html.Append("<p><b>Why it stopped there:</b> ").Append(E(request.Decision)).Append("</p>");

        html.Append("<div class=\"cards\">");
        if (request.Accuracies.Count > 0)
            Figure(html, "Accuracy", ModelKey(request.Accuracies) + AccuracyChart.Draw(request.Accuracies), "Good forgetting equals gold; it does not aim at zero on the forgotten records.");
        if (request.HitRates.Count > 0)
            Figure(html, "Does the owner's secret trigger still work?", IntervalChart.Draw(request.HitRates), $"Share of stamped test records for which the model says the owner's label, with 95 % intervals. Forgotten means: as rare as with {(request.HitRates.Any(rate => rate.Model == "gold") ? "gold" : "triggers that nobody planted")}.");
        if (request.Residual is { Values.Count: > 0 } residual)
            Figure(html, "Residual memory", ResidualChart.Draw(residual), ResidualCaption(residual));
        if (request.Costs.Count > 0)
        {
            string seconds = request.Costs[0].Seconds is null ? "" : "<h4>time</h4>" + CostChart.Draw(request.Costs, seconds: true);
            Figure(
                html,
                "What it cost",
                "<h4>samples processed</h4>" + CostChart.Draw(request.Costs, seconds: false) + seconds,
                "Each way to a model without the records; in brackets the multiple of the first bar.");
        }

        if (request.Timeline is { Blocks.Count: > 0 } timeline)
            Figure(html, "What happened to each block", TimelineKey(timeline) + TimelineChart.Draw(timeline), "Blocks in training order.");
        html.Append("</div>");
        AppendMeasures(html, [.. request.Accuracies, .. request.Measures]);
        FindingsPage.Append(html, request);
        if (request.Facts.Count > 0)
            HtmlReport.AppendFacts(html.Append("<div class=\"card\" style=\"margin-top:18px\">"), request.Facts).Append("</div>");
        AppendPictures(html, request.Pictures);
        html.Append("</section>\n");
    }

    private static string ModelKey(IReadOnlyList<Comparison> rows) =>
        "<ul class=\"key\"><li><i class=\"original\"></i>original</li><li><i class=\"unlearned\"></i>unlearned</li>"
        + (rows.Any(row => row.Gold is not null) ? "<li><i class=\"gold\"></i>gold (never saw the records)</li>" : "") + "</ul>";

    private static string ResidualCaption(ResidualCurve residual)
    {
        string fit = residual.Fit is { } f ? $" Dashed: fit a·x^(−h) + b with a = {Wording.Number(f.A)}, b = {Wording.Number(f.B)}, h = {Wording.Number(f.H)}." : "";
        string floor = residual.NoiseFloor is not null ? " The noise floor is what two runs differ by when only the order of the records changes." : "";
        return $"How far each retrained block's update differs from the stored one. Stop rule: {residual.Mode}.{fit}{floor}";
    }

    private static string TimelineKey(BlockTimeline timeline)
    {
        var key = new StringBuilder("<ul class=\"key\">");
        foreach (var state in Enum.GetValues<BlockState>())
        {
            int count = timeline.Blocks.Count(block => block == state);
            if (count > 0)
                key.Append("<li><i class=\"").Append(TimelineChart.ClassOf(state)).Append("\"></i>").Append(count).Append(": ").Append(E(TimelineChart.Describe(state))).Append("</li>");
        }

        return key.Append("</ul>").ToString();
    }

    /// <summary>All figures as a table.</summary>
    internal static void AppendMeasures(StringBuilder html, IReadOnlyList<Comparison> rows)
    {
        if (rows.Count == 0)
            return;
        bool floors = rows.Any(row => row.NoiseFloor is not null);
        html.Append("<div class=\"card scroll\" style=\"margin-top:18px\"><h3>All figures</h3><table class=\"figures\"><thead><tr><th>Measure</th><th class=\"n\">Original</th><th class=\"n\">Unlearned</th><th class=\"n\">Gold</th>")
            .Append(floors ? "<th class=\"n\">Noise floor</th>" : "").Append("<th>Good is</th></tr></thead><tbody>");
        foreach (var row in rows)
        {
            html.Append("<tr><td>").Append(E(row.Name)).Append("<small>").Append(E(row.Definition)).Append("</small></td>");
            RequestTable.Cell(html, "original", Wording.Figure(row.Original, row.Format));
            RequestTable.Cell(html, "unlearned", Wording.Figure(row.Unlearned, row.UnlearnedRange, row.Format));
            RequestTable.Cell(html, "gold", Wording.Figure(row.Gold, row.Format));
            if (floors)
                RequestTable.Cell(html, "noise floor", Wording.Figure(row.NoiseFloor, row.Format));
            html.Append("<td class=\"goal\" data-name=\"good is\">").Append(E(row.Direction));
            if (row.HasPower == false)
                html.Append("<small>no power here: the original cannot be told from gold</small>");
            html.Append("</td></tr>");
        }

        html.Append("</tbody></table></div>");
    }

    private static void AppendPictures(StringBuilder html, IReadOnlyList<RecordPicture> pictures)
    {
        if (pictures.Count == 0)
            return;
        html.Append("<div class=\"card\" style=\"margin-top:18px\"><h3>Some of the forgotten records</h3><p class=\"soft warn\">These pictures make this page personal data itself: guard and delete it as such, or draw it without pictures.</p><div class=\"pictures\">");
        foreach (var picture in pictures)
        {
            html.Append("<div><img alt=\"").Append(E(picture.Label)).Append("\" src=\"").Append(PngEncoder.ToDataUri(picture)).Append("\">")
                .Append(E(picture.Label)).Append("</div>");
        }

        html.Append("</div></div>");
    }

    private static void Figure(StringBuilder html, string title, string body, string caption) =>
        html.Append("<figure><h3>").Append(E(title)).Append("</h3>").Append(body).Append("<figcaption>").Append(E(caption)).Append("</figcaption></figure>");

    private static string E(string text) => HtmlReport.E(text);
}
