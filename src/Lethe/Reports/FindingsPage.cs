using System.Text;
using Lethe.Methods;
using Lethe.Reports.Charts;

namespace Lethe.Reports;

/// <summary>What the method itself tells: numbers as facts, series as charts, pictures as a grid.</summary>
internal static class FindingsPage
{
    public static void Append(StringBuilder html, RequestSection request)
    {
        var numbers = request.Findings.Where(finding => finding.Values.Count == 1 && finding.Labels is null)
            .Select(finding => new Fact(finding.Name, Wording.Plain(finding.Values[0]))).ToList();
        var series = request.Findings.Where(finding => finding.Values.Count > 1 || (finding.Values.Count == 1 && finding.Labels is not null)).ToList();
        if (numbers.Count + series.Count + request.FindingPictures.Count == 0)
            return;
        html.Append("<h3 style=\"margin-top:26px\">What ").Append(E(request.Method)).Append(" tells</h3>");
        if (numbers.Count > 0)
            HtmlReport.AppendFacts(html.Append("<div class=\"card\" style=\"margin-top:12px\">"), numbers).Append("</div>");
        if (series.Count > 0)
        {
            html.Append("<div class=\"cards\">");
            foreach (var finding in series)
            {
                html.Append("<figure><h3>").Append(E(finding.Name)).Append("</h3>")
                    .Append(finding.Labels is { } labels ? LabelledBars.Draw(finding.Name, finding.Values, labels) : SeriesChart.Draw(finding.Name, finding.Values))
                    .Append("</figure>");
            }

            html.Append("</div>");
        }

        if (request.FindingPictures.Count > 0)
            AppendPictures(html, request.FindingPictures);
    }

    private static void AppendPictures(StringBuilder html, IReadOnlyList<RecordPicture> pictures)
    {
        html.Append("<div class=\"card\" style=\"margin-top:12px\"><h3>Pictures that the method made</h3><p class=\"soft\">None of them is a record of the data.</p><div class=\"pictures\">");
        foreach (var picture in pictures)
        {
            html.Append("<div><img alt=\"").Append(E(picture.Label)).Append("\" src=\"").Append(PngEncoder.ToDataUri(picture)).Append("\">")
                .Append(E(picture.Label)).Append("</div>");
        }

        html.Append("</div></div>");
    }

    private static string E(string text) => HtmlReport.E(text);
}
