using System.Text;

namespace Lethe.Reports;

/// <summary>The overview of several requests: one row each, for readers who read one table only.</summary>
internal static class RequestTable
{
    public static void Append(StringBuilder html, IReadOnlyList<RequestSection> requests)
    {
        html.Append("<div class=\"card scroll\"><table class=\"figures\"><thead><tr><th>Request</th><th class=\"n\">Forgotten</th><th class=\"n\">Time</th>")
            .Append("<th class=\"n\">Less work than retraining</th><th class=\"n\">Test accuracy before → after (gold)</th></tr></thead><tbody>");
        foreach (var request in requests)
        {
            var spent = request.Costs.Count > 0 ? request.Costs[0] : null;
            var retraining = request.Costs.Count > 1 ? request.Costs[1] : null;
            string ratio = spent is { Samples: > 0 } && retraining is not null ? Wording.Times((double)retraining.Samples / spent.Samples) : "–";
            var test = request.Accuracies.Count > 0 ? request.Accuracies[0] : null;
            string accuracy = test is null ? "–"
                : $"{Wording.Figure(test.Original, test.Format)} → {Wording.Figure(test.Unlearned, test.Format)} ({Wording.Figure(test.Gold, test.Format)})";
            html.Append("<tr><td><a href=\"#").Append(HtmlReport.E(request.Id)).Append("\" style=\"color:inherit\"><b>").Append(HtmlReport.E(request.Title)).Append("</b></a></td>");
            Cell(html, "Forgotten", Wording.Count(request.Records, "record", "records"));
            Cell(html, "Time", spent?.Seconds is { } seconds ? Wording.Seconds(seconds) : "–");
            Cell(html, "Less work than retraining", ratio);
            Cell(html, "Test accuracy before → after (gold)", accuracy);
            html.Append("</tr>");
        }

        html.Append("</tbody></table></div>\n");
    }

    public static void Cell(StringBuilder html, string name, string value) =>
        html.Append("<td class=\"n\" data-name=\"").Append(HtmlReport.E(name)).Append("\">").Append(HtmlReport.E(value)).Append("</td>");
}
