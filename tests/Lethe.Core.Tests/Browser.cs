using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Lethe.Core.Tests;

/// <summary>Chromium without a window, where it is installed; tests that need it are skipped elsewhere.</summary>
internal static partial class Browser
{
    private const string Program = "/usr/bin/chromium";

    /// <summary>Prints a page and counts the sheets.</summary>
    public static int Sheets(string html)
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllText(folder["page.html"], html);
        Run(folder, $"--print-to-pdf={folder["page.pdf"]}", "--no-pdf-header-footer", "file://" + folder["page.html"]);
        return PageObject().Count(Encoding.Latin1.GetString(File.ReadAllBytes(folder["page.pdf"])));
    }

    /// <summary>By how many pixels the content of a page is wider than its window, for each width.</summary>
    public static int[] Overflow(string html, params int[] widths)
    {
        using var folder = new TemporaryDirectory();
        string quoted = html.Replace("&", "&amp;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
        var frames = string.Concat(widths.Select(width => $"<iframe style=\"border:0;width:{width}px;height:900px\" srcdoc=\"{quoted}\"></iframe>"));
        File.WriteAllText(folder["frames.html"], frames
            + "<p id=\"found\"></p><script>onload=()=>found.textContent='widths '+[...document.querySelectorAll('iframe')].map(f=>f.contentDocument.documentElement.scrollWidth-f.clientWidth).join(' ')+' end'</script>");
        var match = Widths().Match(Run(folder, "--dump-dom", "file://" + folder["frames.html"]));
        Assert.True(match.Success, "Chromium did not measure the page.");
        return [.. match.Groups[1].Value.Split(' ').Select(int.Parse)];
    }

    private static string Run(TemporaryDirectory folder, params string[] arguments)
    {
        if (!File.Exists(Program))
            Assert.Skip($"{Program} is not installed");
        var start = new ProcessStartInfo(Program, ["--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=" + folder["profile"], .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return output;
    }

    [GeneratedRegex(@"/Type\s*/Page\b")]
    private static partial Regex PageObject();

    [GeneratedRegex(@"widths ([-0-9 ]+) end")]
    private static partial Regex Widths();
}
