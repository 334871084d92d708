using System.Text.RegularExpressions;
using System.Xml.Linq;
using Lethe.Reports;

namespace Lethe.Tests.Reports;

public sealed partial class HtmlReportTests
{
    [Fact]
    public void Page_has_no_script_and_asks_no_network()
    {
        string html = HtmlReport.Render(SampleReport.Create());
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("://", html.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("@import", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_picture_is_well_formed_svg_with_finite_numbers()
    {
        var pictures = SvgElement().Matches(HtmlReport.Render(SampleReport.Create()));
        Assert.Equal(14, pictures.Count);
        foreach (Match picture in pictures)
        {
            var svg = XElement.Parse(picture.Value);
            Assert.NotEmpty(svg.Attribute("aria-label")!.Value);
            Assert.DoesNotContain("NaN", picture.Value, StringComparison.Ordinal);
            Assert.DoesNotContain("∞", picture.Value, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Long_names_are_cut_in_charts_and_whole_when_pointed_at()
    {
        string name = "retraining " + new string('x', 100);
        var report = SampleReport.Create();
        var request = report.Requests[0] with { Costs = [new CostBar(name, 10, 1, true)], Accuracies = [report.Requests[0].Accuracies[0] with { Name = name }] };
        var svgs = SvgElement().Matches(HtmlReport.Render(report with { Requests = [request] })).Select(match => XElement.Parse(match.Value)).ToList();
        XElement[] cut = [.. svgs.SelectMany(svg => svg.Descendants()).Where(text => text.Name.LocalName == "text" && text.Value.EndsWith(name, StringComparison.Ordinal))];
        Assert.Equal(3, cut.Length);
        Assert.All(cut, text => Assert.InRange(text.FirstNode!.ToString().Length, 20, 58));
    }

    [Fact]
    public void What_the_method_tells_is_shown_as_facts_charts_and_pictures_and_kept_in_the_figures()
    {
        var report = SampleReport.Create();
        string html = HtmlReport.Render(report);
        Assert.Contains("<dt>impair: rate</dt><dd>0.02</dd>", html, StringComparison.Ordinal);
        Assert.Contains("noise objective against &lt;cat&gt;", html, StringComparison.Ordinal);
        Assert.Contains("None of them is a record", html, StringComparison.Ordinal);
        var read = ReportFiles.FromJson(ReportFiles.ToJson(report)).Requests[1];
        Assert.Equal([191.5, 40.9, 0.36, -7.6, -11.2], read.Findings[1].Values);
        Assert.Equal(3, read.Findings[2].Labels!.Count);
        Assert.Empty(read.FindingPictures);
    }

    [Fact]
    public void Text_is_escaped()
    {
        string html = HtmlReport.Render(SampleReport.Create());
        Assert.Contains("One &lt;ordinary&gt; person", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<ordinary>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_of_forgotten_records_come_with_a_warning_and_can_be_left_out()
    {
        string with = HtmlReport.Render(SampleReport.Create(pictures: true));
        string without = HtmlReport.Render(SampleReport.Create(pictures: false) with { Requests = [SampleReport.Create(pictures: false).Requests[0]] });
        Assert.Contains("data:image/png;base64,", with, StringComparison.Ordinal);
        Assert.Contains("personal data", with, StringComparison.Ordinal);
        Assert.DoesNotContain("data:image/png", without, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_figures_are_shown_as_missing()
    {
        var report = new ForgettingReport
        {
            Headline = "x",
            Requests =
            [
                new RequestSection
                {
                    Id = "request-0001", Title = "t", Headline = "h", Method = "m", Guarantee = "exact", Records = 1,
                    Accuracies = [new Comparison("accuracy on test", "d", "equals gold", FigureFormat.Percent)],
                },
            ],
        };
        Assert.Contains("gold: not measured", HtmlReport.Render(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_holds_the_same_figures_and_no_pictures()
    {
        var report = SampleReport.Create();
        string json = ReportFiles.ToJson(report);
        var read = ReportFiles.FromJson(json);
        Assert.Equal(json, ReportFiles.ToJson(read));
        Assert.Equal(report.Requests[1].HitRates, read.Requests[1].HitRates);
        Assert.Empty(read.Requests[0].Pictures);
    }

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex SvgElement();
}
