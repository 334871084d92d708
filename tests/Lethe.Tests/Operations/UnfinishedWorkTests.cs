using Lethe.Core.Ledgers;
using Lethe.Core.Records;
using Lethe.Operations;
using Lethe.Training.Runs;

namespace Lethe.Tests.Operations;

/// <summary>What a process that was killed between two steps leaves, and who completes it.</summary>
public sealed class UnfinishedWorkTests(PeopleRun people)
{
    private const string Request = "request-0001";
    private static readonly RecordSelection Person = new() { Subjects = "person-3" };
    private readonly LetheEngine _engine = new();

    [Fact]
    public void A_promotion_that_the_ledger_lacks_is_completed_by_inspect_and_repeated_by_nobody()
    {
        string path = Held();
        PromoteWithoutLedger(path);
        Assert.DoesNotContain(LedgerEventKind.Promoted, Told(path));
        _engine.Inspect(path, cancellation: Cancellation);
        Assert.Equal([LedgerEventKind.Override, LedgerEventKind.Promoted], Told(path)[^2..]);
        int entries = Told(path).Length;
        Assert.False(AreUnfinished(path));
        _engine.Inspect(path, cancellation: Cancellation);
        Assert.Equal(entries, Told(path).Length);
    }

    [Fact]
    public void A_forget_that_the_ledger_lacks_is_told_when_it_is_repeated()
    {
        string path = Held();
        PromoteWithoutLedger(path);
        var again = _engine.Forget(path, Person, new ForgettingOptions { Measure = false, Serve = true }, cancellation: Cancellation);
        Assert.Equal((Request, RequestState.Promoted), (again.Request, again.State));
        Assert.Contains(LedgerEventKind.Promoted, Told(path));
    }

    [Fact]
    public void A_withdrawal_that_was_decided_is_completed_by_inspect()
    {
        string path = Held();
        using (var run = Run.Open(path, writable: true))
            RequestFolder.Find(path, Request)!.MarkWithdrawn(new Withdrawal(DateTimeOffset.UnixEpoch, RequestState.Candidate, null));
        Assert.True(AreUnfinished(path));
        var overview = _engine.Inspect(path, searchResidue: true, cancellation: Cancellation);
        Assert.Empty(overview.Residue!.Found);
        Assert.Equal(RequestState.Withdrawn, Assert.Single(overview.Requests).State);
        Assert.True(RequestFolder.Find(path, Request)!.IsEmpty);
        Assert.Equal(LedgerEventKind.Withdrawn, Told(path)[^1]);
        Assert.False(AreUnfinished(path));
    }

    [Fact]
    public void Files_half_written_are_removed_from_every_folder_of_the_run_and_only_from_those()
    {
        string path = Held();
        string[] left = ["index.json.tmp", "gold/a.json.tmp", "certificates/certificate-1/certificate.json.tmp", "shadows/b.safetensors.tmp"];
        string work = Path.Combine(path, "shadows", "work", "key", "index.json.tmp");
        foreach (string file in left.Select(name => Path.Combine(path, name)).Append(work))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, "x");
        }

        Assert.True(AreUnfinished(path));
        _engine.Inspect(path, cancellation: Cancellation);
        Assert.DoesNotContain(left, name => File.Exists(Path.Combine(path, name)));
        Assert.True(File.Exists(work));
        Assert.False(AreUnfinished(path));
    }

    private string Held()
    {
        string path = people.Copy();
        _engine.Forget(path, Person, new ForgettingOptions { Measure = false }, cancellation: Cancellation);
        return path;
    }

    private static bool AreUnfinished(string path)
    {
        using var run = Run.Open(path, writable: false);
        return CommittedRequests.AreUnfinished(run);
    }

    private static LedgerEventKind[] Told(string path) => [.. LedgerFile.Read(path).Entries.Select(entry => entry.Event.Kind)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Promotes, and puts the ledger back as if the process had been killed before it wrote to it.</summary>
    private void PromoteWithoutLedger(string path)
    {
        var before = new[] { LedgerFile.FileName, LedgerFile.HeadFileName }.Select(name => Path.Combine(path, name)).ToDictionary(file => file, File.ReadAllBytes);
        _engine.Promote(path, options: new PromotionOptions { Override = "a test" });
        foreach (var (file, bytes) in before)
            File.WriteAllBytes(file, bytes);
    }
}
