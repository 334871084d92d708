using System.Text.RegularExpressions;
using System.Xml.Linq;
using Lethe.Core.Verdicts;
using Lethe.Reports;
using Lethe.Reports.Charts;

namespace Lethe.Tests.Reports;

public sealed partial class VerificationHtmlTests
{
    [Fact]
    public void Page_has_no_script_and_asks_no_network()
    {
        string html = VerificationHtml.Render(SampleVerification.Create());
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("://", html.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_picture_is_well_formed_svg_with_finite_numbers()
    {
        var pictures = SvgElement().Matches(VerificationHtml.Render(SampleVerification.Create()));
        Assert.Equal(8, pictures.Count);
        foreach (Match picture in pictures)
        {
            Assert.NotEmpty(XElement.Parse(picture.Value).Attribute("aria-label")!.Value);
            Assert.DoesNotContain("NaN", picture.Value, StringComparison.Ordinal);
            Assert.DoesNotContain("∞", picture.Value, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_elements_of_the_page_are_closed_in_order()
    {
        string html = VerificationHtml.Render(SampleVerification.Create());
        string body = html[html.IndexOf("<body>", StringComparison.Ordinal)..html.IndexOf("</html>", StringComparison.Ordinal)];
        Assert.NotNull(XElement.Parse(Images().Replace(body, "<img$1/>").Replace("&nbsp;", " ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Verdict_reasons_and_alarms_come_first_and_text_is_escaped()
    {
        string html = VerificationHtml.Render(SampleVerification.Create());
        Assert.InRange(html.IndexOf(">INCOMPLETE</h1>", StringComparison.Ordinal), 1, html.IndexOf("It lost &lt;b&gt;9 %", StringComparison.Ordinal));
        Assert.Contains("forgotten-accuracy is &lt;too&gt; high.", html, StringComparison.Ordinal);
        Assert.Contains("&lt;cat&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<cat>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<too>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_verdict_without_golds_original_or_unseen_records_has_a_page_too()
    {
        var verdict = SampleVerification.Verdict() with
        {
            Kind = VerdictKind.Unverified,
            Golds = [],
            Tests = [SampleVerification.Test(VerdictMeasures.ForgottenLoss, null, double.NaN, TestOutcome.Abstained) with { Golds = [], NullLow = double.NaN, NullHigh = double.NaN, Power = null }],
            Retests = [],
            Alarms = [],
            Neighbours = null,
            Control = new NegativeControl(VerdictKind.Unverified, [], "not measured"),
        };
        string html = VerificationHtml.Render(new VerificationReport { Verdict = verdict });
        Assert.Contains(">UNVERIFIED</h1>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
        Assert.Empty(SvgElement().Matches(html));
    }

    [Fact]
    public void The_radar_measures_by_the_half_of_golds_range_on_the_side_of_the_figure()
    {
        var test = SampleVerification.Test("x", 0.34, 0.06, TestOutcome.Within);
        Assert.Equal(0.5, RadarChart.Distance(test, 0.06)!.Value, 12);
        Assert.Equal(3, RadarChart.Distance(test, 0.34)!.Value, 12);
        Assert.Equal(0, RadarChart.Distance(test with { NullLow = double.NegativeInfinity }, 0.01));
        Assert.Null(RadarChart.Distance(test with { NullHigh = 0.1 }, 0.2));
        Assert.Null(RadarChart.Distance(test, double.NaN));
        Assert.Null(RadarChart.Distance(test, null));
    }

    [Fact]
    public void All_triggers_share_one_figure()
    {
        var sample = SampleVerification.Create();
        var trigger = sample.Triggers[0];
        string html = VerificationHtml.Render(sample with { Triggers = [trigger, trigger with { Threshold = 14, Rho = 0.4, Outcome = "Undecided." }, trigger] });
        Assert.Single(Regex.Matches(html, "The secret triggers of 3 forgotten people"));
        Assert.Equal(8, SvgElement().Count(html));
        Assert.Contains("2 of 3: Deleted. 1 of 3: Undecided. In 30 queries, more than 11 to 14 hits", html, StringComparison.Ordinal);
        Assert.Contains("weakest ρ = 40.0 %", html, StringComparison.Ordinal);
        Assert.Contains("870 of 900", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_holds_the_figures_and_no_pictures()
    {
        var report = SampleVerification.Create();
        var json = System.Text.Json.JsonDocument.Parse(ReportFiles.ToJson(report)).RootElement;
        Assert.Equal("incomplete", json.GetProperty("verdict").GetProperty("kind").GetString());
        Assert.Equal(120, json.GetProperty("scores")[0].GetProperty("models")[0].GetProperty("scores").GetProperty("forgotten").GetArrayLength());
        Assert.False(json.TryGetProperty("gradients", out _));
    }

    [Fact]
    public void Many_classes_are_cut_to_those_that_matter()
    {
        var report = SampleVerification.Create() with
        {
            Classes = new ClassTable([.. Enumerable.Range(0, 100).Select(i => new ClassRow($"class {i}", i == 99 ? 1 : 0, 0.5, 0.5 + i / 1000.0, 0.5))]),
        };
        string html = VerificationHtml.Render(report);
        Assert.Contains("Shown are 40 of 100 classes", html, StringComparison.Ordinal);
        Assert.Contains(">class 99</text>", html, StringComparison.Ordinal);
        Assert.Contains(">class 60</text>", html, StringComparison.Ordinal);
        Assert.DoesNotContain(">class 59</text>", html, StringComparison.Ordinal);
    }

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex SvgElement();

    [GeneratedRegex("<img([^>]*)>")]
    private static partial Regex Images();
}
