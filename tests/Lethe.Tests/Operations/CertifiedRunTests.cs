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
        void Hold(string record) => _run.Engine.Forget(
            _run.Folder, new RecordSelection { Records = record }, new ForgettingOptions { Method = "retrain", Measure = false, Hold = true }, cancellation: TestContext.Current.CancellationToken);
        Hold("1");
        _run.Engine.Withdraw(_run.Folder, "request-0001");
        Hold("2");
        _run.Engine.Promote(_run.Folder, "request-0002", new PromotionOptions { Override = "urgent", By = "test" });
        Assert.Equal(
            ["Trained ", "Accepted request-0001", "Candidate request-0001", "Withdrawn request-0001", "Accepted request-0002", "Candidate request-0002", "Override request-0002", "Promoted request-0002"],
            Events.Select(happened => $"{happened.Kind} {happened.Request}"));
        Assert.Equal("urgent", Events[^2].Note);
        using var key = Key();
        var found = CertificateVerifier.Verify(_run.Engine.IssueCertificate(_run.Folder, "request-0002", key).Bundle, _run.Folder);
        Assert.True(found.Holds, found.ToText());
        Assert.Contains("a person's decision: urgent", found.ToText(), StringComparison.Ordinal);
        Assert.Throws<Core.Errors.BadDataException>(() => _run.Engine.IssueCertificate(_run.Folder, "request-0001", key));
    }

    public void Dispose()
    {
        _run.Dispose();
        _keys.Delete(recursive: true);
    }
}
