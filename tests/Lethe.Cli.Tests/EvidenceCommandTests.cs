using System.Text.Json;

namespace Lethe.Cli.Tests;

/// <summary><c>lethe evidence key|issue|show|verify|export|rotate</c> as a shell sees them.</summary>
public sealed class EvidenceCommandTests(TinyRun tiny)
{
    [Fact]
    public void From_key_to_proof()
    {
        var (run, key, next) = (tiny.CopyRun(), tiny.Fresh() + ".pem", tiny.Fresh() + ".pem");
        CliProcess.Run("forget", run, "--subjects", "p3", "--method", "retrain", "--no-measure", "--quiet", "--serve").Exits(0);
        CliProcess.Run("evidence", "key", "new", key).Exits(0);
        CliProcess.Run("evidence", "key", "new", key).FailsAtOnce(3, key, "not overwritten");
        CliProcess.Run("evidence", "export", run, "--out", tiny.Fresh()).FailsAtOnce(3, "no certificate yet");
        var bundle = Field(CliProcess.Run("evidence", "issue", run, "--key", key, "--json"), "bundle");
        CliProcess.Run("evidence", "verify", bundle, "--run", run + "x").FailsAtOnce(3, "There is no run at");
        Assert.Contains("certified", CliProcess.Run("evidence", "show", run).Exits(0).Output, StringComparison.Ordinal);
        var verified = CliProcess.Run("evidence", "verify", bundle, "--run", run, "--trust", key + ".pub.pem").Exits(0).Output;
        Assert.Contains("GENUINE", verified, StringComparison.Ordinal);
        Assert.Contains("What this certificate does not prove:", verified, StringComparison.Ordinal);
        Assert.Contains("WHOLE, SIGNER UNKNOWN", CliProcess.Run("evidence", "verify", bundle).Exits(0).Output, StringComparison.Ordinal);

        var proof = tiny.Fresh();
        CliProcess.Run("evidence", "export", run, "--subject", "p3", "--out", proof).Exits(0);
        Assert.Contains("your records", CliProcess.Run("evidence", "verify", proof).Exits(0).Output, StringComparison.Ordinal);
        CliProcess.Run("evidence", "export", run, "--subject", "p3", "--out", proof).FailsAtOnce(3, "one for each person");
        CliProcess.Run("evidence", "export", run, "--subject", "p4", "--out", tiny.Fresh()).FailsAtOnce(3, "not forgotten");

        CliProcess.Run("evidence", "key", "new", next).Exits(0);
        CliProcess.Run("evidence", "issue", run, "--key", next).FailsAtOnce(2, "rotate");
        CliProcess.Run("evidence", "rotate", run, "--key", key, "--to", next).Exits(0);
        bundle = Field(CliProcess.Run("evidence", "issue", run, "--key", next, "--json"), "bundle");
        Assert.Contains("handed over", CliProcess.Run("evidence", "verify", bundle, "--trust", key + ".pub.pem").Exits(0).Output, StringComparison.Ordinal);

        var model = Directory.GetFiles(Path.Combine(run, "objects"), "*", SearchOption.AllDirectories)
            .Single(path => path.EndsWith(Field(CliProcess.Run("inspect", run, "--json"), "model")[2..], StringComparison.Ordinal));
        var bytes = File.ReadAllBytes(model);
        bytes[^1] ^= 1;
        File.WriteAllBytes(model, bytes);
        var damaged = CliProcess.Run("evidence", "verify", bundle, "--run", run, "--json").Exits(4);
        Assert.False(JsonDocument.Parse(damaged.Output).RootElement.GetProperty("holds").GetBoolean());
    }

    [Fact]
    public void Damaged_ledger_stops_whatever_writes()
    {
        var run = tiny.CopyRun();
        var ledger = Path.Combine(run, "ledger.jsonl");
        File.WriteAllText(ledger, File.ReadAllText(ledger).Replace("trained", "Trained", StringComparison.Ordinal));
        CliProcess.Run("evidence", "show", run).FailsAtOnce(4, "ledger.jsonl");
        CliProcess.Run("forget", run, "--records", "7", "--quiet").FailsAtOnce(4, "ledger.jsonl");
    }

    [Fact]
    public void Keys_are_not_made_inside_a_run_and_the_next_step_names_the_public_key()
    {
        var (run, key) = (tiny.CopyRun(), tiny.Fresh() + ".pem");
        CliProcess.Run("evidence", "key", "new", Path.Combine(run, "key.pem")).FailsAtOnce(2, run, "outside");
        CliProcess.Run("forget", run, "--subjects", "p3", "--method", "retrain", "--no-measure", "--quiet", "--serve").Exits(0);
        CliProcess.Run("evidence", "key", "new", key).Exits(0);
        Assert.EndsWith($" --trust {key}.pub.pem\n", CliProcess.Run("evidence", "issue", run, "--key", key).Exits(0).Output, StringComparison.Ordinal);
        File.Delete(key + ".pub.pem");
        Assert.Contains($"openssl pkey -in {key} -pubout", CliProcess.Run("evidence", "issue", run, "--key", key).Exits(0).Output, StringComparison.Ordinal);
        File.Delete(Path.Combine(run, "ledger.jsonl"));
        File.Delete(Path.Combine(run, "ledger.head"));
        CliProcess.Run("evidence", "show", run).FailsAtOnce(4, "ledger.jsonl", "Restore");
    }

    [Fact]
    public void Missing_keys_and_requests_are_told()
    {
        var (run, key) = (tiny.CopyRun(), tiny.Fresh() + ".pem");
        CliProcess.Run("evidence", "issue", run).FailsAtOnce(2, "--key", "LETHE_SIGNING_KEY");
        CliProcess.Run("evidence", "issue", run, "--key", key).FailsAtOnce(3, key);
        CliProcess.Run("evidence", "key", "new", key).Exits(0);
        CliProcess.Run("evidence", "issue", run, "--key", key).FailsAtOnce(3, "no request yet");
        CliProcess.Run("evidence", "verify", run).FailsAtOnce(3, "no certificate");
    }

    private static string Field(CliResult result, string name)
    {
        using var json = JsonDocument.Parse(result.Exits(0).Output);
        return json.RootElement.GetProperty(name).GetString()!;
    }
}
