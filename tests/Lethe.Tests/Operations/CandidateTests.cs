using System.Diagnostics;
using Lethe.Core.Errors;
using Lethe.Core.Progress;
using Lethe.Core.Records;
using Lethe.Operations;
using Lethe.Training.Runs;

namespace Lethe.Tests.Operations;

/// <summary>Candidates between their making and what is decided on them.</summary>
public sealed class CandidateTests(PeopleRun people)
{
    private static readonly RecordSelection Person = new() { Subjects = "person-3" };
    private const int InPhase = 2, AfterPhase = 3;
    private readonly LetheEngine _engine = new();

    [Theory]
    [InlineData("fine-tune")]
    [InlineData("scrub")]
    [InlineData("deep-obliviate")]
    public void Cancellation_inside_a_phase_leaves_the_run_as_it_was_and_the_same_command_goes_on(string method)
    {
        string undisturbed = people.Copy(), path = people.Copy();
        var options = new ForgettingOptions { Method = method, Measure = false };
        var expected = _engine.Forget(undisturbed, Person, options, cancellation: Cancellation).After;
        var before = State(path);
        foreach (int readings in new[] { InPhase, AfterPhase })
        {
            using var source = new CancellationTokenSource();
            Assert.ThrowsAny<OperationCanceledException>(() => new LetheEngine(new CancellingClock(source, readings)).Forget(path, Person, options, cancellation: source.Token));
            var now = State(path);
            Assert.Equal((before.Generation, before.Served, 0), (now.Generation, now.Served, now.History.Count));
            Assert.Equal(before.Checkpoints, now.Checkpoints);
            Assert.Empty(_engine.Inspect(path, searchResidue: true, cancellation: Cancellation).Residue!.Found);
        }

        Assert.Equal(expected, _engine.Forget(path, Person, options, cancellation: Cancellation).After);
    }

    [Fact]
    public void Going_on_in_another_way_is_told_and_withdrawing_frees_what_was_computed()
    {
        string path = people.Copy();
        int objects = Objects(path);
        Cancel(path, new ForgettingOptions { Method = "deep-obliviate", Measure = false, Reason = "first" });
        Assert.Equal(RequestState.Accepted, Assert.Single(_engine.Inspect(path, cancellation: Cancellation).Requests).State);
        string copy = people.Copy();
        Cancel(copy, new ForgettingOptions { Method = "retrain", Measure = false });
        Assert.True(Objects(copy) > objects);
        Assert.Equal(RequestState.Accepted, _engine.Withdraw(copy, "request-0001").Was);
        Assert.Equal(objects, Objects(copy));

        var summary = _engine.Forget(path, Person, new ForgettingOptions { Method = "retrain", Measure = false, Reason = "second" }, cancellation: Cancellation);
        Assert.Equal("request-0001", summary.Request);
        Assert.Contains(summary.Warnings, line => line.Contains("was begun with deep-obliviate, and this command says retrain", StringComparison.Ordinal));
        Assert.Contains(summary.Warnings, line => line.Contains("keeps the reason", StringComparison.Ordinal));
    }

    [Fact]
    public void A_candidate_waits_for_its_verdict_and_a_damaged_one_is_none()
    {
        string path = people.Copy();
        var held = _engine.Forget(path, Person, new ForgettingOptions { Measure = false }, cancellation: Cancellation);
        Assert.Equal(RequestState.Candidate, held.State);
        Assert.Contains("No verdict", Assert.Single(held.Waits), StringComparison.Ordinal);
        Assert.False(held.CheckFailed);
        using (var run = Run.Open(path, writable: false))
        {
            int small = (run.Dataset.Count - 1) / 100;
            Assert.Contains("your decision", FewRecords.WhileWaiting(run, small), StringComparison.Ordinal);
            Assert.Null(FewRecords.WhileWaiting(run, small + 1));
        }

        string file = Path.Combine(path, "requests", "request-0001", "candidate.json");
        byte[] bytes = File.ReadAllBytes(file);
        bytes[^20] ^= 1;
        File.WriteAllBytes(file, bytes);
        Assert.Contains("has no candidate", Assert.Throws<BadDataException>(() => _engine.Promote(path, "request-0001")).Message, StringComparison.Ordinal);
        _engine.Withdraw(path, "request-0001");
    }

    [Fact]
    public void Secure_erasing_overwrites_the_bytes_of_what_is_destroyed()
    {
        string path = people.Copy();
        Digest old = State(path).Served!.Value;
        string file = Path.Combine(path, "objects", old.ToString()[..2], old.ToString()[2..]), link = Path.Combine(path, "..", $"link-{Path.GetFileName(path)}");
        byte[] bytes = File.ReadAllBytes(file);
        using (var process = Process.Start("ln", [file, link]))
            process.WaitForExit();
        _engine.Forget(path, Person, new ForgettingOptions { Measure = false, SecureErase = true, Serve = true }, cancellation: Cancellation);
        Assert.False(File.Exists(file));
        byte[] left = File.ReadAllBytes(link);
        Assert.Equal(bytes.Length, left.Length);
        Assert.True(left.Zip(bytes).Count(pair => pair.First == pair.Second) < bytes.Length / 16);
        Assert.False(File.Exists(Path.Combine(path, "erasing")));
    }

    [Fact]
    public void Secure_erasing_by_a_verification_overwrites_stale_gold_models_too()
    {
        string path = people.Copy();
        _engine.Forget(path, Person, new ForgettingOptions { Measure = false }, cancellation: Cancellation);
        string stale = Path.Combine(path, "gold", "0000-2.safetensors"), link = Path.Combine(path, "..", $"stale-{Path.GetFileName(path)}");
        byte[] bytes = [.. Enumerable.Range(0, 4096).Select(i => (byte)(i * 7))];
        Directory.CreateDirectory(Path.GetDirectoryName(stale)!);
        File.WriteAllBytes(stale, bytes);
        using (var process = Process.Start("ln", [stale, link]))
            process.WaitForExit();
        _engine.Verify(path, new VerificationOptions { GoldSeeds = 1, SecureErase = true }, cancellation: Cancellation);
        Assert.False(File.Exists(stale));
        Assert.True(File.ReadAllBytes(link).Zip(bytes).Count(pair => pair.First == pair.Second) < bytes.Length / 16);
        Assert.False(File.Exists(Path.Combine(path, "erasing")));
    }

    [Fact]
    public void Secure_erasing_by_a_promotion_overwrites_gold_models_and_answers_of_shadow_models()
    {
        string path = people.Copy();
        File.WriteAllText(Path.Combine(path, "policy.json"), """{"promotion":"verdict"}""");
        _engine.Forget(path, Person, new ForgettingOptions { Measure = false }, cancellation: Cancellation);
        byte[] bytes = [.. Enumerable.Range(0, 70_000).Select(i => (byte)(i * 7))];
        string[] places = ["gold/0000-2.safetensors", "gold/0000-2.json", $"shadows/{Digest.OfText("a model")}.safetensors", "shadows/work/model-1/objects/ab/cdef"];
        string[] links = [.. places.Select((place, i) => Path.Combine(path, "..", $"{i}-{Path.GetFileName(path)}"))];
        foreach (var (place, link) in places.Zip(links))
        {
            string file = Path.Combine(path, place);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, bytes);
            using var process = Process.Start("ln", [file, link]);
            process.WaitForExit();
        }

        _engine.Promote(path, options: new PromotionOptions { Override = "a test", SecureErase = true });
        Assert.All(places, place => Assert.False(File.Exists(Path.Combine(path, place)), place));
        Assert.False(Directory.Exists(Path.Combine(path, "shadows")));
        Assert.All(links, link =>
        {
            byte[] left = File.ReadAllBytes(link);
            Assert.Equal(bytes.Length, left.Length);
            Assert.True(left.Zip(bytes).Count(pair => pair.First == pair.Second) < bytes.Length / 16, link);
        });
        Assert.False(File.Exists(Path.Combine(path, "erasing")));
    }

    private void Cancel(string path, ForgettingOptions options)
    {
        using var source = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => _engine.Forget(path, Person, options, new Stopper(source, 2), source.Token));
    }

    private static int Objects(string path) => Directory.GetFiles(Path.Combine(path, "objects"), "*", SearchOption.AllDirectories).Length;

    private static RunIndex State(string path)
    {
        using var run = Run.Open(path, writable: false);
        return run.Index;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Cancels when a method has told of some of its steps.</summary>
    private sealed class Stopper(CancellationTokenSource source, int steps) : IProgress<ProgressUpdate>
    {
        private int _told;

        public void Report(ProgressUpdate value)
        {
            if (value.Total > 0 && ++_told >= steps)
                source.Cancel();
        }
    }

    /// <summary>Cancels when it has been read some times: a method reads it when it begins, and around each phase or block.</summary>
    private sealed class CancellingClock(CancellationTokenSource source, int readings) : TimeProvider
    {
        private int _read;

        public override long GetTimestamp()
        {
            if (++_read == readings)
                source.Cancel();
            return base.GetTimestamp();
        }
    }
}
