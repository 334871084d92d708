using System.Text;

namespace Lethe.Reports;

/// <summary>Where each page begins and ends.</summary>
internal static class PageShell
{
    /// <summary>Everything up to the page's own heading.</summary>
    /// <param name="title">For the browser's tab.</param>
    /// <param name="kicker">What kind of page it is.</param>
    /// <param name="style">Rules of this kind of page alone.</param>
    public static StringBuilder Open(string title, string kicker, string style = "") => new StringBuilder()
        .Append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .Append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
        .Append("<meta name=\"generator\" content=\"Lethe\"><meta name=\"robots\" content=\"noindex\">")
        .Append("<link rel=\"icon\" href=\"data:,\"><title>").Append(HtmlReport.E(title)).Append("</title><style>")
        .Append(PageStyle.Css).Append(style).Append("</style></head><body><main>\n<header><p class=\"kicker\">").Append(HtmlReport.E(kicker)).Append("</p>");

    /// <summary>The end of every page.</summary>
    public const string End = "</main></body></html>\n";
}
