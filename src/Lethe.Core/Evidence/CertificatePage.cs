using System.Globalization;
using System.Net;
using System.Text;
using Lethe.Core.Ledgers;
using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Core.Verdicts;

namespace Lethe.Core.Evidence;

/// <summary>
/// The certificate for people: one self-contained HTML page that prints on at most two sheets of A4. It says nothing of its own, but is drawn
/// from the signed files alone, so that whoever verifies draws it again and compares.
/// </summary>
public static class CertificatePage
{
    /// <summary>Name of the page in a bundle.</summary>
    public const string FileName = "certificate.html";

    private const int MostTests = 9, MostReasons = 3, LongestReason = 260, LongestGround = 420;

    /// <summary>Draws the page.</summary>
    /// <param name="files">The files of a bundle by name; others than certificate, signature, ledger and verdict are not looked at.</param>
    /// <exception cref="Errors.BadDataException">Certificate or verdict cannot be read.</exception>
    /// <exception cref="Errors.StoreDamagedException">The ledger is damaged.</exception>
    /// <exception cref="KeyNotFoundException">Certificate, signature or ledger is missing.</exception>
    internal static byte[] Render(IReadOnlyDictionary<string, byte[]> files)
    {
        var bytes = files[CertificateBundle.CertificateFile];
        var certificate = Certificate.FromJson(Encoding.UTF8.GetString(bytes));
        var verdict = files.TryGetValue(Verdict.FileName, out var text) ? Verdict.FromJson(Encoding.UTF8.GetString(text)) : null;
        var (evidence, word) = (certificate.Evidence, certificate.Evidence.Verdict?.ToString().ToUpperInvariant() ?? "NO VERDICT");
        var html = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><meta name=\"robots\" content=\"noindex\"><link rel=\"icon\" href=\"data:,\"><title>")
            .Append(E($"Certificate: {evidence.Request}")).Append("</title><style>").Append(CertificateStyle.Css).Append("</style></head><body><main>\n<header><div><p class=\"kicker\">Lethe · certificate of unlearning</p><h1>")
            .Append(E(evidence.Request)).Append("</h1><p>Issued ").Append(At(certificate.IssuedAt)).Append(" by the holder of key ").Append(certificate.Key.Short).Append("…</p></div><p class=\"verdict ")
            .Append(evidence.Verdict?.ToString().ToLowerInvariant() ?? "none").Append("\">").Append(word).Append("</p></header>\n");
        Asked(html, evidence);
        Done(html, evidence, Ledger.Parse(files[CertificateBundle.ChainFile], evidence.Run, CertificateBundle.ChainFile));
        Measured(html, evidence, verdict);
        html.Append("<section><h2>What this certificate does not prove</h2><ul>");
        foreach (var limit in CertificateLimits.Of(certificate, withRun: false, withTrust: false))
            html.Append("<li>").Append(E(limit)).Append("</li>");
        html.Append("</ul></section>\n");
        Checks(html);
        Signed(html, certificate, Digest.Of(bytes), files[CertificateBundle.SignatureFile]);
        return Encoding.UTF8.GetBytes(html.Append("</main></body></html>\n").ToString());
    }

    private static void Asked(StringBuilder html, EvidenceRecord evidence) => Facts(html, "What was asked",
        ("to forget", $"{Count(evidence.Requested)} of {Count(evidence.Records)} records"),
        ("received", At(evidence.Received)),
        ("data set", evidence.Data.ToString()),
        ("Merkle root of the records to forget (salted)", evidence.RequestedRoot.ToString()));

    private static void Done(StringBuilder html, EvidenceRecord evidence, Ledger chain) => Facts(html, "What was done",
        ("method", $"{evidence.Method}, guarantee: {evidence.Guarantee.ToString().ToLowerInvariant()}. {Promise(evidence.Guarantee)}"),
        ("served since", $"{At(evidence.Promoted)}; {Count(evidence.Retained)} records are left for training"),
        ("how it came to be served", Cut(PromotionText.Of(evidence, chain), LongestGround)),
        ("model before", evidence.Before.ToString()),
        ("model after", evidence.After.ToString()),
        ("Merkle root of the records that are left (salted)", evidence.RetainedRoot.ToString()),
        ("recorded steps", evidence.SpotChecks is { } chosen ? $"{chosen.Count} of {Amount.Of(chosen.Of, "step", "steps")} drawn for a spot check by a sealed key" : "none"),
        ("steps executed again", evidence.Replay?.ToText() ?? "none before this certificate"));

    private static void Measured(StringBuilder html, EvidenceRecord evidence, Verdict? verdict)
    {
        html.Append("<section><h2>What was measured</h2>");
        if (verdict is null)
        {
            html.Append("<p>Nothing: no verdict was made on this model.</p></section>\n");
            return;
        }
        foreach (var alarm in verdict.Alarms)
            html.Append("<p><b>Alarm, ").Append(E(alarm.Name)).Append(":</b> ").Append(E(Cut(alarm.Message, LongestReason))).Append("</p>");
        foreach (var reason in verdict.Reasons.Take(MostReasons))
            html.Append("<p>").Append(E(Cut(reason, LongestReason))).Append("</p>");
        VerdictTest[] tests = [.. verdict.Tests.Concat(verdict.Retests).OrderBy(test => test.Outcome switch { TestOutcome.Outside => 0, TestOutcome.Within => 1, _ => 2 })];
        html.Append("<table><thead><tr><th>Measure</th><th>Original</th><th>Unlearned</th><th>Gold (mean ± deviation)</th><th>Outcome</th></tr></thead><tbody>");
        foreach (var test in tests.Take(MostTests))
        {
            html.Append("<tr><td>").Append(E(test.Name.Replace('-', ' '))).Append("</td><td>").Append(Number(test.Original)).Append("</td><td>").Append(Number(test.Candidate))
                .Append("</td><td>").Append(Gold(test.Golds)).Append("</td><td>").Append(test.Outcome switch { TestOutcome.Within => "like gold", TestOutcome.Outside => "unlike gold", _ => "abstains" }).Append("</td></tr>");
        }
        html.Append("</tbody></table><p class=\"soft\">").Append(tests.Length > 0 && tests.All(test => double.IsNaN(test.Candidate)) ? "The models' figures of fewer than five records are left out: they would nearly be the records' own. " : "").Append("Gold: ").Append(verdict.GoldCount).Append(verdict.NamedGolds.Count > 0 ? " files that were named as models trained without the records." : " models trained without the records.")
            .Append(tests.Length > MostTests ? $" {tests.Length - MostTests} more tests stand in {Verdict.FileName}." : "")
            .Append(" Level over all tests: ").Append(Number(verdict.Alpha)).Append(". Policy: <code>").Append(evidence.Policy?.ToString() ?? "none").Append("</code></p></section>\n");
    }

    private static void Checks(StringBuilder html) => html
        .Append("<section><h2>How to verify</h2><p>In the folder of this page, with the small program that needs no training library; <code>--trust</code> names the issuer's public key, got by another way:</p>")
        .Append("<pre>lethe-evidence . --trust issuer.pem</pre><p>The signature alone, with OpenSSL:</p>")
        .Append(CultureInfo.InvariantCulture, $"<pre>openssl dgst -sha256 -verify {CertificateBundle.KeyFile} -signature {CertificateBundle.SignatureFile} {CertificateBundle.CertificateFile}</pre>")
        .Append(CultureInfo.InvariantCulture, $"<p>What is signed is <code>{CertificateBundle.CertificateFile}</code>. This page only shows it; the program draws it again and compares.</p></section>\n");

    private static void Signed(StringBuilder html, Certificate certificate, Digest digest, byte[] signature) => Facts(html, "Digests and signature",
        ("SHA-256 of " + CertificateBundle.CertificateFile, digest.ToString()),
        ("ledger", $"{Count(certificate.LedgerCount)} entries before this certificate's own, the last is {certificate.LedgerHead}"),
        ("key (SHA-256 of its DER form)", certificate.Key.ToString()),
        ("signature (ECDSA P-256, DER)", Convert.ToHexStringLower(signature)));

    private static void Facts(StringBuilder html, string title, params ReadOnlySpan<(string Name, string Value)> facts)
    {
        html.Append("<section><h2>").Append(E(title)).Append("</h2><dl>");
        foreach (var (name, value) in facts)
            html.Append("<dt>").Append(E(name)).Append("</dt><dd").Append(value.Length >= 64 && !value.Contains(' ') ? " class=\"hash\">" : ">").Append(E(value)).Append("</dd>");
        html.Append("</dl></section>\n");
    }

    private static string Promise(Guarantee guarantee) => guarantee switch
    {
        Guarantee.Exact => "It promises the model that training without the records gives.",
        Guarantee.Approximate => "It promises to come close to the model that training without the records gives, by a stated argument.",
        _ => "It promises nothing; only measurements can speak for it.",
    };

    private static string Gold(IReadOnlyList<double> golds)
    {
        if (golds.Count == 0 || !golds.All(double.IsFinite))
            return "–";
        var mean = golds.Average();
        return golds.Count == 1 ? Number(mean) : $"{Number(mean)} ± {Number(Math.Sqrt(golds.Sum(value => (value - mean) * (value - mean)) / (golds.Count - 1)))}";
    }

    private static string Number(double? value) => value is { } figure && double.IsFinite(figure) ? figure.ToString("0.####", CultureInfo.InvariantCulture) : "–";

    private static string Count(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    private static string At(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string Cut(string text, int longest) => text.Length <= longest ? text : text[..(longest - 1)] + "…";

    private static string E(string text) => WebUtility.HtmlEncode(text);
}
