using System.Globalization;
using Lethe.Cli.CommandLine;
using Lethe.Core.Records;
using Lethe.Core.Signing;
using Lethe.Reports;
using Spectre.Console;

namespace Lethe.Cli.Rendering;

/// <summary>Prints keys, certificates and the ledger.</summary>
internal static class EvidenceText
{
    public static void PrintKey(IAnsiConsole console, string file, string publicKey, Digest key, bool encrypted)
    {
        TableStyle.Facts(console, [new("private key", $"{file} ({(encrypted ? "encrypted" : "not encrypted: protect it")})"), new("public key", publicKey), new("key", key.ToString())]);
        console.WriteLine();
        console.WriteLine("Next:");
        console.WriteLine($"  lethe evidence issue RUN --key {Continuation.Quote(file)}");
    }

    public static void PrintIssued(IAnsiConsole console, CertificateSummary certificate, string keyFile)
    {
        console.MarkupLineInterpolated($"[bold green]Certified[/] {certificate.Request}: {Wording.Count(certificate.Records, "record", "records")} forgotten, {Wording.Whole(certificate.Retained)} left.");
        TableStyle.Facts(console,
        [
            new("method", $"{certificate.Method} ({certificate.Guarantee.ToString().ToLowerInvariant()})"),
            new("verdict", Verdict(certificate)),
            new("model", certificate.Model.ToString()),
            new("key", certificate.Key.ToString()),
            new("certificate", certificate.Bundle),
        ]);
        if (certificate.Waiting is { } request)
            console.MarkupLineInterpolated($"[bold yellow]Careful:[/] {request} is no part of it: its new model waits and is not served yet.");
        console.WriteLine();
        console.WriteLine("Next:");
        string publicFile = EcdsaKeyFile.PublicPathOf(keyFile);
        if (!File.Exists(publicFile))
            console.WriteLine($"  openssl pkey -in {Continuation.Quote(keyFile)} -pubout -out {Continuation.Quote(publicFile)}");
        console.WriteLine($"  lethe evidence verify {Continuation.Quote(certificate.Bundle)} --trust {Continuation.Quote(publicFile)}");
    }

    public static void PrintOverview(IAnsiConsole console, EvidenceOverview overview)
    {
        console.MarkupLineInterpolated($"[bold]{overview.Run}[/]: ledger of {Wording.Count(overview.Entries.Count, "entry", "entries")}, whole; head {overview.Head.Short}…, {(overview.Key is { } key ? $"key {key.Short}…" : "no certificate yet")}");
        if (overview.Entries.Count > 0)
        {
            var table = TableStyle.Create("entry", "when", "what", "request", "model", "note");
            foreach (var entry in overview.Entries)
            {
                var happened = entry.Event;
                table.AddRow(
                    new Text(entry.Number.ToString(CultureInfo.InvariantCulture)), new Text(happened.At.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)),
                    new Text(System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(happened.Kind.ToString())), new Text(happened.Request ?? ""),
                    new Text(happened.Model?.Short ?? ""), new Text(happened.Note ?? ""));
            }

            console.Write(table);
        }

        foreach (var certificate in overview.Certificates)
            console.WriteLine($"{certificate.Bundle}: {certificate.Request}, {Wording.Count(certificate.Records, "record", "records")}, {certificate.Method}, {Verdict(certificate)}, key {certificate.Key.Short}…");
    }

    public static void PrintExported(IAnsiConsole console, ExportedCertificate exported)
    {
        string proof = exported.Records == 0 ? "" : $" with a proof for {Wording.Count(exported.Records, "record", "records")}";
        console.MarkupLineInterpolated($"The certificate of {exported.Request}{proof} is in [bold]{exported.Bundle}[/].");
        console.WriteLine($"Whoever gets it checks it with: lethe-evidence {Continuation.Quote(exported.Bundle)} --trust PUBLIC.pem");
        console.WriteLine("PUBLIC.pem is the public half of your signing key (FILE.pub.pem beside it): publish it where they find it without asking you.");
    }

    public static void PrintRotation(IAnsiConsole console, KeyRotation rotation) =>
        console.MarkupLineInterpolated($"Key [bold]{rotation.To.Short}…[/] signs the certificates of {rotation.Run} from now on; {rotation.From.Short}… has handed over.");

    private static string Verdict(CertificateSummary certificate) => certificate.Verdict?.ToString().ToUpperInvariant() ?? "no verdict: forgetting was not measured";
}
