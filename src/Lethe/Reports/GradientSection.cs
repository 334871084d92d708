using System.Text;

namespace Lethe.Reports;

/// <summary>Input gradients over some unseen records, one row a record.</summary>
internal static class GradientSection
{
    public static void Append(StringBuilder html, IReadOnlyList<GradientRow> rows)
    {
        if (rows.Count == 0)
            return;
        html.Append("<section><h2>What the models look at</h2><p>Where a pixel moves a model's answer for the picture's class most (the derivative of the class's logit by the input), the picture glows. ")
            .Append("The pictures are unseen records of the classes of forgotten ones; none of them is a forgotten record. They illustrate, and decide nothing.")
            .Append(rows[0].Maps.Any(map => map.Label == "original") ? "" : " The original is destroyed, so that a model that never saw the forgotten records is shown for comparison.").Append("</p><div class=\"card maprows\">");
        foreach (var row in rows)
        {
            html.Append("<div class=\"maps\">");
            foreach (var picture in row.Maps.Prepend(row.Record))
            {
                html.Append("<div><img alt=\"").Append(HtmlReport.E(picture.Label)).Append("\" src=\"").Append(PngEncoder.ToDataUri(picture)).Append("\">")
                    .Append(HtmlReport.E(picture.Label)).Append("</div>");
            }

            html.Append("</div>");
        }

        html.Append("</div></section>\n");
    }
}
