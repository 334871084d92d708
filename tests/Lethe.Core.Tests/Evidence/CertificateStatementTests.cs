using Lethe.Core.Errors;
using Lethe.Core.Evidence;
using Lethe.Core.Ledgers;
using Lethe.Core.Steps;
using Lethe.Core.Tests.Ledgers;

namespace Lethe.Core.Tests.Evidence;

/// <summary>What a certificate states of replay and promotion, and that each line that a verification prints is one fact.</summary>
public class CertificateStatementTests
{
    [Fact]
    public void Replay_is_stated_sealed_and_recorded()
    {
        using var run = new CertifiedRun();
        run.Replay(3);
        var bundle = run.Issue();
        var found = run.Verify(bundle);
        Assert.True(found.Holds, found.ToText());
        var replay = found.Certificate!.Evidence.Replay!;
        Assert.Equal((3, 3, 4, true), (replay.Same, replay.Executed, replay.Available, replay.Equal));
        Assert.Contains($"ok           replay: EQUAL: 3 of 3 executed steps gave the recorded bits; 4 can be executed again; 2026-11-21 12:25 UTC; sealed as {replay.Seal}, as the ledger records", found.ToText(), StringComparison.Ordinal);
        Assert.Contains("EQUAL: 3 of 3 executed steps", File.ReadAllText(Path.Combine(bundle, CertificatePage.FileName)), StringComparison.Ordinal);
        Assert.Contains(found.NotProved, gap => gap.Contains("3 of 4 steps were executed again", StringComparison.Ordinal));
        Assert.DoesNotContain(DeletedRecords.DigestOf([3, 17, 21]).ToString(), File.ReadAllText(Path.Combine(bundle, CertificateBundle.CertificateFile)), StringComparison.Ordinal);
    }

    [Fact]
    public void Unequal_replay_is_stated_as_such()
    {
        using var run = new CertifiedRun();
        run.Replay(2, equal: false);
        var found = run.Verify(run.Issue());
        Assert.True(found.Holds);
        Assert.Contains("replay: NOT EQUAL: 1 of 2 executed steps", found.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Replay_that_the_ledger_does_not_record_fails_and_so_does_one_that_is_gone_or_changed()
    {
        using var run = new CertifiedRun();
        run.Replay(2, recorded: false);
        Assert.Equal("replay", Assert.Single(run.Verify(run.Issue(), withRun: false).Checks, check => check.Outcome == CheckOutcome.Failed).Name);
        run.Replay(2, minutes: 27);
        var bundle = run.Issue(minutes: 31);
        Assert.True(run.Verify(bundle).Holds, run.Verify(bundle).ToText());
        run.Replay(2, minutes: 28, recorded: false);
        Assert.Contains("replay", Assert.Single(run.Verify(bundle).Checks, check => check.Outcome == CheckOutcome.Failed).Detail, StringComparison.Ordinal);
        File.Delete(run.RequestFile(ReplayReport.FileName));
        Assert.Contains("replay", Assert.Single(run.Verify(bundle).Checks, check => check.Outcome == CheckOutcome.Failed).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Newer_replay_that_the_ledger_records_is_told()
    {
        using var run = new CertifiedRun();
        var before = run.Issue();
        run.Replay(4, minutes: 35);
        var found = run.Verify(before);
        Assert.True(found.Holds, found.ToText());
        Assert.Contains(found.Checks, check => check is { Name: "run: replay", Outcome: CheckOutcome.NotChecked } && check.Detail.Contains("4 of 4", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("by", "A. Miller", "B. Smith")]
    [InlineData("reason", "court order", "nothing at all")]
    public void Another_decision_in_the_run_than_was_signed_is_found(string what, string was, string now)
    {
        using var run = new CertifiedRun(promotion: new("override", "court order", "A. Miller", null));
        var bundle = run.Issue();
        string path = Path.Combine(run.Path, "index.json"), text = File.ReadAllText(path);
        var index = text[(text.IndexOf("\"index\":", StringComparison.Ordinal) + 8)..^2].Replace(was, now, StringComparison.Ordinal);
        File.WriteAllText(path, $"{{\"digest\":\"{Lethe.Core.Records.Digest.OfText(index)}\",\"index\":{index}}}\n");
        Assert.True(Assert.Single(run.Verify(bundle).Checks, check => check.Outcome == CheckOutcome.Failed).Detail.Contains("promotion", StringComparison.Ordinal), what);
    }

    [Fact]
    public void Ledger_that_gives_another_ground_than_the_certificate_fails()
    {
        using var run = new CertifiedRun(promotion: new("override", "court order", "A. Miller", null));
        run.Rewrite([.. LedgerFile.Read(run.Path).Entries.Select(entry => entry.Event).Where(happened => happened.Kind != LedgerEventKind.Override)]);
        Assert.Equal("served", Assert.Single(run.Verify(run.Issue(), withRun: false).Checks, check => check.Outcome == CheckOutcome.Failed).Name);
    }

    [Fact]
    public void Changed_ledger_does_not_make_the_signature_false()
    {
        using var run = new CertifiedRun();
        run.Judge();
        var bundle = run.Issue();
        string path = Path.Combine(bundle, CertificateBundle.ChainFile);
        File.WriteAllText(path, File.ReadAllText(path).Replace("unverified, passed", "verified, passed", StringComparison.Ordinal));
        var checks = run.Verify(bundle).Checks;
        Assert.Equal("ledger", Assert.Single(checks, check => check.Outcome == CheckOutcome.Failed).Name);
        Assert.Contains(checks, check => check is { Name: "signature", Outcome: CheckOutcome.Passed });
        Assert.Contains(checks, check => check is { Name: "trust", Outcome: CheckOutcome.Passed });
        Assert.DoesNotContain(checks, check => check.Name is "verdict and ledger" or "served");
        Assert.Contains(checks, check => check is { Name: "page", Outcome: CheckOutcome.NotChecked });
        Assert.Contains("ledger does not hold", checks.Single(check => check.Name == "run").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Changed_certificate_leaves_open_who_signed()
    {
        using var run = new CertifiedRun();
        var bundle = run.Issue();
        string path = Path.Combine(bundle, CertificateBundle.CertificateFile);
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"retrain\"", "\"retrian\"", StringComparison.Ordinal));
        var checks = run.Verify(bundle, withRun: false).Checks;
        Assert.Equal(["signature", "ledger and certificate"], checks.Where(check => check.Outcome == CheckOutcome.Failed).Select(check => check.Name));
        Assert.Contains(checks, check => check is { Name: "trust", Outcome: CheckOutcome.NotChecked });
        File.WriteAllText(path, "{");
        checks = run.Verify(bundle, withRun: false).Checks;
        Assert.Equal(["certificate", "signature"], checks.Where(check => check.Outcome == CheckOutcome.Failed).Select(check => check.Name));
    }

    [Fact]
    public void What_is_no_run_or_another_run_is_said_as_such()
    {
        using var run = new CertifiedRun();
        using var other = new CertifiedRun(records: 24);
        var bundle = run.Issue();
        foreach (var path in new[] { run["nowhere"], bundle, Path.Combine(run.Path, "run.json") })
            Assert.Contains($"There is no run at {path}: ", Assert.Throws<BadDataException>(() => CertificateVerifier.Verify(bundle, path)).Message, StringComparison.Ordinal);
        var found = CertificateVerifier.Verify(bundle, other.Path);
        Assert.Equal("run: identity", Assert.Single(found.Checks, check => check.Outcome == CheckOutcome.Failed).Name);
        Assert.Contains("ANOTHER RUN: ", found.ToText(), StringComparison.Ordinal);
        Assert.DoesNotContain("DAMAGED", found.ToText(), StringComparison.Ordinal);
        File.AppendAllText(Path.Combine(run.Path, "run.json"), " ");
        var changed = Assert.Single(run.Verify(bundle).Checks, check => check.Outcome == CheckOutcome.Failed);
        Assert.Contains("run.json was changed", changed.Detail, StringComparison.Ordinal);
        File.Delete(Path.Combine(run.Path, "run.json"));
        Assert.Contains("run.json is missing", Assert.Single(run.Verify(bundle).Checks, check => check.Outcome == CheckOutcome.Failed).Detail, StringComparison.Ordinal);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Removed_ledger_is_damage_where_there_are_requests_or_certificates(bool certified)
    {
        using var run = new CertifiedRun();
        if (certified)
            run.Issue();
        foreach (var name in new[] { LedgerFile.FileName, LedgerFile.HeadFileName, certified ? RunSecret.FileName : "nothing" })
            File.Delete(Path.Combine(run.Path, name));
        Assert.Contains("Restore both", Assert.Throws<StoreDamagedException>(() => LedgerFile.Read(run.Path)).Message, StringComparison.Ordinal);
        Assert.Throws<StoreDamagedException>(() => LedgerFile.Append(run.Path, LedgerRun.Event(0)));
        File.Delete(Path.Combine(run.Path, RunSecret.FileName));
        if (certified)
            Directory.Delete(Path.Combine(run.Path, CertificateBundle.FolderName), recursive: true);
        Assert.Empty(LedgerFile.Read(run.Path).Entries);
    }
}
