using Lethe.Core.Evidence;
using Lethe.Core.Ledgers;
using Lethe.Core.Signing;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Tests.Operations;

/// <summary>The ledger and the certificates of real runs.</summary>
public sealed class CertifiedRunTests : IDisposable
{
    private readonly ReplayRun _run = new(TrainingScheme.Plain);
    private readonly DirectoryInfo _keys = Directory.CreateTempSubdirectory("lethe-keys-");

    private string KeyFile => Path.Combine(_keys.FullName, "key.pem");

    private IReadOnlyList<LedgerEvent> Events => [.. LedgerFile.Read(_run.Folder).Entries.Select(entry => entry.Event)];

    private EcdsaKeyFile Key()
    {
        if (!File.Exists(KeyFile))
            EcdsaKeyFile.Create(KeyFile, null);
        return EcdsaKeyFile.Open(KeyFile, null);
    }

    [Fact]
    public void What_is_certified_is_what_the_run_is()
    {
        _run.Forget("retrain", 3, 5, 8);
        Assert.Equal([LedgerEventKind.Trained, LedgerEventKind.Accepted, LedgerEventKind.Candidate, LedgerEventKind.Promoted], Events.Select(happened => happened.Kind));
        using var key = Key();
        var issued = _run.Engine.IssueCertificate(_run.Folder, null, key);
        Assert.Equal((3, ReplayRun.Records - 3), (issued.Records, issued.Retained));
        var found = CertificateVerifier.Verify(issued.Bundle, _run.Folder, EcdsaKeyFile.PublicPathOf(KeyFile));
        Assert.True(found.Holds, found.ToText());
        var evidence = found.Certificate!.Evidence;
        _run.Read(run =>
        {
            Assert.Equal((run.Recipe.Digest, run.Partition.Digest, run.Dataset.Digest, run.Profile), (evidence.Recipe, evidence.Partition, evidence.Data, evidence.Profile));
            Assert.Equal(run.Index.Served, evidence.After);
            return 0;
        });
        Assert.Equal((1, 1), (evidence.SpotChecks!.Count, evidence.SpotChecks.Of));
        Assert.Empty(_run.Engine.Inspect(_run.Folder, searchResidue: true, cancellation: TestContext.Current.CancellationToken).Residue!.Found);

        var target = Path.Combine(_keys.FullName, "export");
        Assert.Equal(2, _run.Engine.ExportCertificate(_run.Folder, null, new RecordSelection { Records = "3,8" }, target).Records);
        Assert.True(CertificateVerifier.Verify(target).Holds);
    }

    [Fact]
    public void A_person_gets_the_certificate_of_the_request_that_forgot_them()
    {
        using var key = Key();
        string Export(string records, string? request = null) =>
            _run.Engine.ExportCertificate(_run.Folder, request, new RecordSelection { Records = records }, Path.Combine(_keys.FullName, $"for-{records}-{request}")).Request;
        _run.Forget("retrain", 3, 5);
        _run.Forget("retrain", 8);
        _run.Engine.IssueCertificate(_run.Folder, "request-0002", key);
        Assert.Contains("no certificate for request-0001", Assert.Throws<Core.Errors.BadDataException>(() => Export("3")).Message, StringComparison.Ordinal);
        _run.Engine.IssueCertificate(_run.Folder, "request-0001", key);
        _run.Forget("retrain", 9);
        _run.Engine.IssueCertificate(_run.Folder, "request-0003", key);
        Assert.Equal(["request-0001", "request-0002", "request-0002", "request-0003"], new[] { "3,5", "8", "5,8", "9" }.Select(records => Export(records)));
        Assert.Equal("request-0003", Export("3", "request-0003"));
        Assert.Contains("not forgotten", Assert.Throws<Core.Errors.BadDataException>(() => Export("3,10")).Message, StringComparison.Ordinal);
        Assert.All(Directory.GetDirectories(_keys.FullName), folder => Assert.True(CertificateVerifier.Verify(folder, _run.Folder).Holds));
    }

    /// <summary>A weaker replay does not replace a stronger one, bad news replaces good news, and certificates state what is stored.</summary>
    [Fact]
    public void The_strongest_replay_is_kept_and_certified()
    {
        using var run = new ReplayRun();
        run.Forget("retrain", 3);
        ReplaySummary Replay(ReplayOptions options) => run.Engine.Replay(run.Folder, options, cancellation: TestContext.Current.CancellationToken);
        CertifiedReplay? Certified(EcdsaKeyFile key) => CertificateBundle.ReadUnchecked(run.Engine.IssueCertificate(run.Folder, null, key).Bundle).Evidence.Replay;
        using var key = Key();
        Assert.Null(Certified(key));
        Assert.Null(Replay(new ReplayOptions { Steps = [2] }).Kept);
        Assert.Null(Replay(new ReplayOptions { All = true }).Kept);
        string path = Path.Combine(run.Folder, "requests", "request-0001", "replay.json");
        byte[] all = File.ReadAllBytes(path);
        Assert.Equal((11, true), Replay(new ReplayOptions { Steps = [3] }).Kept is { } kept ? (kept.Steps, kept.Equal) : default);
        Assert.Equal(all, File.ReadAllBytes(path));
        Assert.Equal((11, 11, 11), Certified(key) is { } stated ? (stated.Same, stated.Executed, stated.Available) : default);

        string checkpoint = run.Read(opened => opened.Index.Checkpoints[5]!.Value).ToString(), file = Path.Combine(run.Folder, "objects", checkpoint[..2], checkpoint[2..]);
        byte[] honest = File.ReadAllBytes(file);
        File.WriteAllBytes(file, [.. honest[..^1], (byte)(honest[^1] ^ 1)]);
        Assert.Null(Replay(new ReplayOptions { Steps = [5] }).Kept);
        File.WriteAllBytes(file, honest);
        Assert.False(Replay(new ReplayOptions { Steps = [3] }).Kept!.Equal);
        Assert.False(Certified(key)!.Equal);
        Assert.Null(Replay(new ReplayOptions { Steps = [5] }).Kept);
        Assert.Equal(["EQUAL: 1 of 1 executed step", "EQUAL: 11 of 11 executed steps", "NOT EQUAL: 0 of 1 executed step", "EQUAL: 1 of 1 executed step"],
            LedgerFile.Read(run.Folder).Entries.Where(entry => entry.Event.Kind == LedgerEventKind.Replayed).Select(entry => entry.Event.Note!.Split(" gave the recorded bits; 11 can be executed again")[0]));
        foreach (string bundle in CertificateBundle.In(run.Folder))
            Assert.True(CertificateVerifier.Verify(bundle, run.Folder).Holds, CertificateVerifier.Verify(bundle, run.Folder).ToText());
    }

    [Fact]
    public void A_run_whose_ledger_was_removed_is_damaged()
    {
        _run.Forget("retrain", 3);
        foreach (string name in new[] { LedgerFile.FileName, LedgerFile.HeadFileName })
            File.Delete(Path.Combine(_run.Folder, name));
        Assert.Throws<Core.Errors.StoreDamagedException>(() => _run.Engine.ShowEvidence(_run.Folder));
        Assert.Throws<Core.Errors.StoreDamagedException>(() => _run.Forget("retrain", 4));
        File.Delete(Path.Combine(_run.Folder, RunSecret.FileName));
        Assert.Throws<Core.Errors.StoreDamagedException>(() => _run.Engine.ShowEvidence(_run.Folder));
        _run.Forget("retrain", 4);
        Assert.Equal(["Trained", "Accepted", "Promoted", "Accepted", "Candidate", "Promoted"], Events.Select(happened => happened.Kind.ToString()));
    }

    /// <summary>A process that was killed after the commit and before the ledger's entry.</summary>
    [Fact]
    public void What_a_killed_process_did_not_record_is_recorded_by_the_next()
    {
        string[] files = [Path.Combine(_run.Folder, LedgerFile.FileName), Path.Combine(_run.Folder, LedgerFile.HeadFileName)];
        byte[][] before = [.. files.Select(File.ReadAllBytes)];
        _run.Forget("retrain", 3);
        var whole = Events;
        for (int i = 0; i < files.Length; i++)
            File.WriteAllBytes(files[i], before[i]);
        using var key = Key();
        var issued = _run.Engine.IssueCertificate(_run.Folder, null, key);
        Assert.Equal(whole.Where(happened => happened.Kind != LedgerEventKind.Candidate), Events.SkipLast(1));
        Assert.True(CertificateVerifier.Verify(issued.Bundle, _run.Folder).Holds);
    }

    [Fact]
    public void Held_withdrawn_and_overridden_requests_are_told_apart()
    {
        void Wait(string record) => _run.Engine.Forget(
            _run.Folder, new RecordSelection { Records = record }, new ForgettingOptions { Method = "retrain", Measure = false }, cancellation: TestContext.Current.CancellationToken);
        Wait("1");
        _run.Engine.Withdraw(_run.Folder, "request-0001");
        Wait("2");
        _run.Engine.Promote(_run.Folder, "request-0002", new PromotionOptions { Override = "urgent", By = "test" });
        Assert.Equal(
            ["Trained ", "Accepted request-0001", "Candidate request-0001", "Withdrawn request-0001", "Accepted request-0002", "Candidate request-0002", "Override request-0002", "Promoted request-0002"],
            Events.Select(happened => $"{happened.Kind} {happened.Request}"));
        Assert.Equal("override, verdict none, person \"test\": urgent", Events[^2].Note);
        using var key = Key();
        var found = CertificateVerifier.Verify(_run.Engine.IssueCertificate(_run.Folder, "request-0002", key).Bundle, _run.Folder);
        Assert.True(found.Holds, found.ToText());
        Assert.Contains("a person's decision: urgent (decided by test; verdict at that time: none)", found.ToText(), StringComparison.Ordinal);
        Assert.Throws<Core.Errors.BadDataException>(() => _run.Engine.IssueCertificate(_run.Folder, "request-0001", key));
    }

    public void Dispose()
    {
        _run.Dispose();
        _keys.Delete(recursive: true);
    }
}
