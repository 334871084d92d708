using System.Text;
using System.Xml.Linq;
using Lethe.Core.Evidence;
using Lethe.Core.Verdicts;

namespace Lethe.Core.Tests.Evidence;

public class CertificatePageTests
{
    [Fact]
    public void Page_shows_models_verdict_limits_and_signature_without_script_or_network()
    {
        using var run = new CertifiedRun();
        run.Judge();
        var bundle = run.Issue();
        var html = File.ReadAllText(Path.Combine(bundle, CertificatePage.FileName));
        var evidence = CertificateBundle.ReadUnchecked(bundle).Evidence;
        Assert.Contains(evidence.Before.ToString(), html, StringComparison.Ordinal);
        Assert.Contains(evidence.After.ToString(), html, StringComparison.Ordinal);
        Assert.Contains(">COMPLETE</p>", html, StringComparison.Ordinal);
        Assert.Contains("3 of 40 records", html, StringComparison.Ordinal);
        Assert.Contains("What this certificate does not prove", html, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(File.ReadAllBytes(Path.Combine(bundle, CertificateBundle.SignatureFile))), html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("://", html, StringComparison.Ordinal);
        Assert.NotNull(XElement.Parse(html[html.IndexOf("<body>", StringComparison.Ordinal)..html.IndexOf("</html>", StringComparison.Ordinal)]));
    }

    [Fact]
    public void Page_without_a_verdict_says_so()
    {
        using var run = new CertifiedRun();
        Assert.Contains("no verdict was made", File.ReadAllText(Path.Combine(run.Issue(), CertificatePage.FileName)), StringComparison.Ordinal);
    }

    [Fact]
    public void Changed_page_is_found_and_a_missing_one_is_no_harm()
    {
        using var run = new CertifiedRun();
        run.Judge(VerdictKind.Incomplete);
        var bundle = run.Issue();
        var page = Path.Combine(bundle, CertificatePage.FileName);
        File.WriteAllText(page, File.ReadAllText(page).Replace(">INCOMPLETE<", ">COMPLETE<", StringComparison.Ordinal));
        Assert.Equal("page", Assert.Single(run.Verify(bundle).Checks, check => check.Outcome == CheckOutcome.Failed).Name);
        File.Delete(page);
        var without = run.Verify(bundle);
        Assert.True(without.Holds);
        Assert.Contains(without.Checks, check => check is { Name: "page", Outcome: CheckOutcome.NotChecked } && check.Detail.Contains("is not there", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("gate", "unverified, passed the gate", null, null, "by quick checks, without a verdict: unverified, passed the gate")]
    [InlineData("gate", "unverified, passed the gate, by --serve", "A. Miller", null, "by quick checks, without a verdict: unverified, passed the gate, by --serve (decided by A. Miller)")]
    [InlineData("gate", "unverified, passed the gate", null, VerdictKind.Unverified, "by quick checks, with the verdict UNVERIFIED: unverified, passed the gate")]
    [InlineData("verdict", "No measure tells it from gold.", null, VerdictKind.Complete, "by the verdict COMPLETE of 2026-11-21 12:10 UTC (SHA-256 ")]
    [InlineData("override", "court order 12/26", "A. Miller", VerdictKind.Incomplete, "by a person's decision: court order 12/26 (decided by A. Miller; verdict at that time: INCOMPLETE)")]
    [InlineData("override", "urgent", null, null, "by a person's decision: urgent (verdict at that time: none)")]
    public void How_the_model_came_to_be_served_is_on_the_page_and_checked(string basis, string why, string? by, VerdictKind? verdict, string expected)
    {
        using var run = new CertifiedRun(promotion: new(basis, why, by, verdict));
        var bundle = run.Issue();
        Assert.Contains(expected, System.Net.WebUtility.HtmlDecode(File.ReadAllText(Path.Combine(bundle, CertificatePage.FileName))), StringComparison.Ordinal);
        var found = run.Verify(bundle);
        Assert.True(found.Holds, found.ToText());
        Assert.Contains(expected, found.Checks.Single(check => check.Name == "served").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_is_escaped()
    {
        var html = Encoding.UTF8.GetString(CertificatePage.Render(LongFiles()));
        Assert.Contains("&lt;reason&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<reason>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Longest_certificate_prints_on_two_sheets_and_fits_narrow_screens()
    {
        var html = Encoding.UTF8.GetString(CertificatePage.Render(LongFiles()));
        Assert.InRange(Browser.Sheets(html), 1, 2);
        Assert.All(Browser.Overflow(html, 420, 1280), pixels => Assert.InRange(pixels, -1280, 0));
    }

    /// <summary>A bundle with as many tests, alarms and words as a verdict can have.</summary>
    private static Dictionary<string, byte[]> LongFiles()
    {
        var words = "<reason> " + string.Concat(Enumerable.Repeat("that needs many words ", 40));
        using var run = new CertifiedRun(promotion: new("override", words, "A. Miller of the <department> for data protection", VerdictKind.Incomplete));
        run.Judge();
        run.Replay(4);
        var files = Directory.GetFiles(run.Issue()).ToDictionary(path => Path.GetFileName(path)!, File.ReadAllBytes);
        var verdict = Verdict.FromJson(Encoding.UTF8.GetString(files[Verdict.FileName]));
        files[Verdict.FileName] = Encoding.UTF8.GetBytes((verdict with
        {
            Reasons = [.. Enumerable.Repeat(words, 8)],
            Alarms = [new(VerdictAlarm.Damaged, words), new(VerdictAlarm.NothingForgotten, words)],
            Tests = [.. VerdictMeasures.All.Select((name, i) => new VerdictTest
            {
                Name = name,
                Definition = words,
                Original = i % 3 == 0 ? null : 12.3456,
                Candidate = i == 5 ? double.NaN : -11.2345,
                Golds = i == 6 ? [double.NaN, 1] : [-11.1, -12.2, -10.3],
                Outcome = (TestOutcome)(i % 3),
                Why = words,
            })],
        }).ToJson());
        return files;
    }
}
