using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Lethe.Reports.Charts;

namespace Lethe.Reports;

/// <summary>Draws a <see cref="ForgettingReport"/> as one self-contained HTML page: no scripts, no network, inline SVG.</summary>
public static partial class HtmlReport
{
    /// <summary>Renders the whole page.</summary>
    /// <param name="report">The figures.</param>
    /// <returns>A complete HTML document.</returns>
    public static string Render(ForgettingReport report)
    {
        var html = PageShell.Open(report.Headline, "Lethe · unlearning report").Append("<h1>").Append(Title(report.Headline)).Append("</h1>");
        foreach (string paragraph in report.Summary)
            html.Append("<p class=\"lead\">").Append(E(paragraph)).Append("</p>");
        html.Append("</header>\n");
        if (report.Requests.Count > 1)
            RequestTable.Append(html, report.Requests);
        foreach (var request in report.Requests)
            RequestPage.Append(html, request, alone: report.Requests.Count == 1 && report.Headline == request.Headline);
        if (report.MemoryCurve is { BlockLosses.Count: > 0 } profile)
            AppendProfile(html, profile);
        AppendSetting(html, report);
        return html.Append(PageShell.End).ToString();
    }

    /// <summary>Escapes text for HTML.</summary>
    internal static string E(string text) => WebUtility.HtmlEncode(text);

    /// <summary>Escapes a heading and keeps numbers and their units on one line.</summary>
    internal static string Title(string text) => E(NumberAndUnit().Replace(text, "\u00a0"));

    [GeneratedRegex(@"(?<=\d) (?=(ms|s|min|h|%)(\W|$))")]
    private static partial Regex NumberAndUnit();

    internal static void AppendProfile(StringBuilder html, MemoryCurve profile)
    {
        html.Append("<section><h2>What the model remembers of each block</h2><p>Block-by-block training forgets by itself: what was learned long ago is overwritten by what came later. ")
            .Append("Where the model knows a block's records better than records it never saw, there is something to forget.</p>")
            .Append(profile.Explanation is { } words ? $"<p>{E(words)}</p>" : "").Append("<div class=\"cards\">");
        if (MemoryCurveChart.DrawAttack(profile) is { Length: > 0 } attack)
        {
            html.Append("<figure>").Append(attack).Append("<figcaption>Memory profile: one dot a block, the line is a running mean. Dashed: the most that chance explains for one block.")
                .Append(profile.NothingLeftFrom < profile.BlockLosses.Count ? " Shaded: the ages at which nothing is left that the attack could find." : "").Append("</figcaption></figure>");
        }

        html.Append("<figure>").Append(MemoryCurveChart.Draw(profile))
            .Append("<figcaption>How much lower the mean loss is. A few records can move it; what is left to forget is read from the attack.</figcaption></figure></div></section>\n");
    }

    private static void AppendSetting(StringBuilder html, ForgettingReport report)
    {
        if (report.Setting.Count > 0)
            AppendFacts(html.Append("<section><h2>Setting</h2><div class=\"card\" style=\"margin-top:14px\">"), report.Setting).Append("</div></section>\n");
        html.Append("<footer>");
        foreach (string note in report.Notes)
            html.Append("<p>").Append(E(note)).Append("</p>");
        html.Append("<p>The same figures stand in <code>report.json</code> beside this page (<code>report.json.next</code> while the new model waits).");
        if (report.CreatedAt is not null)
            html.Append(" Taken ").Append(E(report.CreatedAt)).Append('.');
        html.Append("</p></footer>");
    }

    internal static StringBuilder AppendFacts(StringBuilder html, IReadOnlyList<Fact> facts)
    {
        html.Append("<dl>");
        foreach (var fact in facts)
            html.Append("<div><dt>").Append(E(fact.Name)).Append(fact.Value.Length == 64 ? "</dt><dd class=\"hash\">" : "</dt><dd>").Append(E(fact.Value)).Append("</dd></div>");
        return html.Append("</dl>");
    }
}
