using Lethe.Core.Records;
using Lethe.Training.Runs;

namespace Lethe.Tests.Operations;

/// <summary>What the search for residue must find when somebody leaves it.</summary>
public sealed class ResidueTests(PeopleRun people)
{
    private static readonly RecordSelection Person = new() { Subjects = "person-3" };
    private readonly LetheEngine _engine = new();

    [Theory]
    [InlineData("deep-obliviate", null)]
    [InlineData("retrain", null)]
    [InlineData("fine-tune", "is for `lethe verify` to measure")]
    public void A_promoted_request_leaves_nothing_and_says_what_was_derived(string method, string? kept)
    {
        string path = people.Copy();
        _engine.Forget(path, Person, new ForgettingOptions { Method = method, Measure = false, Serve = true }, cancellation: Cancellation);
        var residue = Search(path);
        Assert.Empty(residue.Found);
        Assert.Equal(kept is not null, residue.Kept.Any(line => line.Contains(kept ?? "measure", StringComparison.Ordinal)));
        Assert.DoesNotContain(residue.NotChecked, line => line.Contains("lineage", StringComparison.Ordinal));
    }

    [Fact]
    public void A_checkpoint_left_behind_is_found_wherever_it_lies()
    {
        string path = people.Copy();
        Digest old;
        byte[] bytes;
        using (var run = Run.Open(path, writable: false))
        {
            old = run.Index.Checkpoints[^1]!.Value;
            bytes = run.Store.Get(old);
        }

        _engine.Forget(path, Person, new ForgettingOptions { Measure = false, Serve = true }, cancellation: Cancellation);
        Assert.Empty(Search(path).Found);
        foreach (string place in new[] { $"objects/{old.ToString()[..2]}/{old.ToString()[2..]}", "gold/mine.safetensors", "backup.bin", "requests/request-0001/before.json", "objects/.tmp-1" })
        {
            var found = FoundWith(path, place, bytes);
            Assert.NotEmpty(found);
            if (!place.StartsWith("objects/", StringComparison.Ordinal))
                Assert.Contains(found, line => line.StartsWith(place, StringComparison.Ordinal) && line.Contains("was destroyed", StringComparison.Ordinal));
        }

        Assert.Empty(Search(path).Found);
    }

    [Fact]
    public void A_checkpoint_that_the_index_names_against_its_lineage_is_found()
    {
        string path = people.Copy();
        byte[] bytes;
        int block;
        using (var run = Run.Open(path, writable: false))
        {
            block = run.BlockCount;
            bytes = run.Store.Get(run.Index.Checkpoints[block]!.Value);
        }

        _engine.Forget(path, Person, new ForgettingOptions { Measure = false, Serve = true }, cancellation: Cancellation);
        using (var run = Run.Open(path, writable: true))
        {
            var checkpoints = run.Index.Checkpoints.ToArray();
            checkpoints[block] = run.Store.Put(bytes);
            run.Commit(run.Index with { Checkpoints = checkpoints, Served = checkpoints[block] });
        }

        File.Delete(Path.Combine(path, "requests", "request-0001", "result.json"));
        Assert.Contains(Search(path).Found, line => line.Contains($"checkpoint {block} ", StringComparison.Ordinal) && line.Contains("made before, by the first training", StringComparison.Ordinal));
        File.Delete(Path.Combine(path, "steps.json"));
        Assert.Contains(Search(path).NotChecked, line => line.Contains("lineage of checkpoint", StringComparison.Ordinal));
    }

    [Fact]
    public void Objects_of_open_requests_are_no_residue_and_shadows_are_after_a_promotion()
    {
        string path = people.Copy();
        _engine.Forget(path, Person, new ForgettingOptions { Measure = false }, cancellation: Cancellation);
        Directory.CreateDirectory(Path.Combine(path, "shadows"));
        File.WriteAllText(Path.Combine(path, "shadows", Digest.OfText("a model") + ".safetensors"), "x");
        Assert.Empty(Search(path).Found);
        _engine.Promote(path, options: new PromotionOptions { Override = "a test" });
        Assert.False(Directory.Exists(Path.Combine(path, "shadows")));
        Assert.Empty(Search(path).Found);
        Directory.CreateDirectory(Path.Combine(path, "shadows"));
        File.WriteAllText(Path.Combine(path, "shadows", Digest.OfText("a model") + ".safetensors"), "x");
        Assert.Contains(Search(path).Found, line => line.Contains("shadow models", StringComparison.Ordinal));
    }

    [Fact]
    public void Destroyed_gold_models_and_files_without_a_place_are_found()
    {
        string path = people.Copy();
        _engine.Forget(path, Person, new ForgettingOptions { Measure = false, Serve = true }, cancellation: Cancellation);
        _engine.Verify(path, new VerificationOptions { GoldSeeds = 1 }, cancellation: Cancellation);
        byte[] gold = File.ReadAllBytes(Assert.Single(Directory.GetFiles(Path.Combine(path, "gold"), "*.safetensors")));
        var second = _engine.Forget(path, new RecordSelection { Subjects = "person-5" }, new ForgettingOptions { Measure = false, Serve = true }, cancellation: Cancellation);
        Assert.Equal(1, second.GoldModelsDestroyed);
        var clean = Search(path);
        Assert.Empty(clean.Found);
        Assert.Single(clean.Kept, line => line.Contains("verification.html", StringComparison.Ordinal));
        foreach (var (place, bytes, why) in new (string, byte[], string)[]
        {
            ("requests/request-0001/before.json", gold, "was destroyed"),
            ("certificates/request-0001-0004/public.pem", gold, "was destroyed"),
            ("certificates/request-0001-0004/model.pt", [1], "is no file of a certificate"),
            ("requests/request-0009/notes.txt", [1], "belongs to no request"),
        })
        {
            Assert.Contains(FoundWith(path, place, bytes), line => line.StartsWith(place, StringComparison.Ordinal) && line.Contains(why, StringComparison.Ordinal));
        }

        Assert.Empty(Search(path).Found);
    }

    [Fact]
    public void Shadows_of_an_earlier_request_do_not_outlive_the_next_candidate()
    {
        string path = people.Copy(), shadows = Path.Combine(path, "shadows");
        _engine.Forget(path, Person, new ForgettingOptions { Measure = false, Serve = true }, cancellation: Cancellation);
        Directory.CreateDirectory(shadows);
        File.WriteAllText(Path.Combine(shadows, Digest.OfText("a model") + ".safetensors"), "x");
        _engine.Forget(path, new RecordSelection { Subjects = "person-5" }, new ForgettingOptions { Measure = false }, cancellation: Cancellation);
        Assert.False(Directory.Exists(shadows));
        Directory.CreateDirectory(shadows);
        File.WriteAllText(Path.Combine(shadows, "model-1.safetensors"), "x");
        Assert.Contains(Search(path).Found, line => line.StartsWith("shadows/model-1", StringComparison.Ordinal));
    }

    [Fact]
    public void What_people_wrote_and_what_may_tell_of_them_is_listed()
    {
        string path = people.Copy();
        File.WriteAllText(Path.Combine(path, "policy.json"), """{"promotion":"verdict"}""");
        Assert.Equal("run.json holds the paths of the data and the names of 2 classes; who a record belongs to stands in the data alone", Assert.Single(Search(path).Kept));
        _engine.Forget(path, new RecordSelection { Records = "3,4" }, new ForgettingOptions { Measure = false, Reason = "why" }, cancellation: Cancellation);
        _engine.Withdraw(path, "request-0001", new WithdrawalOptions { Reason = "person-3 called again" });
        _engine.Forget(path, Person, new ForgettingOptions { Measure = false }, cancellation: Cancellation);
        _engine.Promote(path, options: new PromotionOptions { Override = "urgent", By = "A. Miller" });
        _engine.Replay(path, new ReplayOptions { Key = "drawn in May" }, cancellation: Cancellation);
        var residue = Search(path);
        foreach (string line in new[]
        {
            "index.json, ledger.jsonl hold why a person promoted request-0002 (`lethe promote --override`), and who (--by), in clear",
            "requests/request-0001/request.json holds the numbers of 2 records of a withdrawn request: they were not forgotten by it",
            "requests/request-0001/withdrawn.json holds the reason that was given with `lethe withdraw --reason`, in clear",
            "requests/request-0001/request.json holds the reason that was given with --reason, in clear",
            "requests/request-0002/replay.json holds the text that chose its steps (`lethe evidence replay --key`), in clear",
            "partition.json holds the slots of all records, forgotten or not: the others keep their places in the batches",
        })
        {
            Assert.Contains(line, residue.Kept);
        }

        Assert.Equal("requests/request-0001/withdrawn.json names 1 of the forgotten people, such as person-3: take them out of its reason by hand, nothing follows from it", Assert.Single(residue.Found));
    }

    /// <summary>What is found while a file of the run holds given bytes.</summary>
    private IReadOnlyList<string> FoundWith(string run, string place, byte[] bytes)
    {
        string file = Path.Combine(run, place);
        byte[]? before = File.Exists(file) ? File.ReadAllBytes(file) : null;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, bytes);
        var found = Search(run).Found;
        if (before is null)
            File.Delete(file);
        else
            File.WriteAllBytes(file, before);
        return found;
    }

    private ResidueReport Search(string path) => _engine.Inspect(path, searchResidue: true, cancellation: Cancellation).Residue!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
