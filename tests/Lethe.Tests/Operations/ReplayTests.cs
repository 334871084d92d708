using Lethe.Core.Errors;
using Lethe.Core.Evidence;
using Lethe.Core.Signing;
using Lethe.Core.Steps;
using Lethe.Core.Store;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Tests.Operations;

/// <summary>Steps of honest runs give the same bits again; runs that are not what they say are found.</summary>
public sealed class ReplayTests
{
    [Theory]
    [InlineData(TrainingScheme.DeepObliviate, "retrain", 11)]
    [InlineData(TrainingScheme.Plain, "retrain", 2)]
    [InlineData(TrainingScheme.Sisa, "sisa", 7)]
    public void Whole_replay_of_exact_methods_proves_the_whole_model(TrainingScheme scheme, string method, int steps)
    {
        using var run = new ReplayRun(scheme);
        var fresh = run.ReplayAll();
        Assert.True(fresh.Equal);
        Assert.Contains("bit by bit", Assert.Single(fresh.Proves), StringComparison.Ordinal);
        Assert.Equal((steps, steps), (fresh.Available, fresh.Steps.Count));
        Assert.Equal(fresh.AvailableSamples, fresh.Samples);

        run.Forget(method, 7, 120, 333);
        run.Forget(method, 8);
        var after = run.ReplayAll();
        Assert.True(after.Equal, string.Join(' ', after.Problems));
        Assert.Contains("4 forgotten records", Assert.Single(after.Proves), StringComparison.Ordinal);
        Assert.Equal(steps, after.Steps.Count);
        Assert.Equal("request-0002", after.Request);
        int[] deleted = [7, 8, 120, 333];
        foreach (var step in after.Steps.Skip(1))
        {
            var records = run.Read(opened => StepRecording.RecordsOf(opened, step.Block));
            Assert.Equal((records.Count - records.Intersect(deleted).Count(), records.Intersect(deleted).Count()), (step.Records, step.EmptySlots));
        }
        Assert.NotEqual(fresh.Steps.Skip(1).Select(step => step.Inputs), after.Steps.Skip(1).Select(step => step.Inputs));
    }

    [Fact]
    public void Of_deep_obliviate_the_retrained_blocks_are_proven_and_the_stitch_is_not()
    {
        using var run = new ReplayRun();
        int record = run.Read(opened => opened.Partition.Block(4)[0]);
        run.Engine.Forget(
            run.Folder, new RecordSelection { Records = $"{record}" },
            new ForgettingOptions { Method = "deep-obliviate", Measure = false, Serve = true, Settings = new Dictionary<string, string> { ["floor-factor"] = "1e9", ["max-change"] = "1e9" } },
            cancellation: TestContext.Current.CancellationToken);
        int last = run.Read(opened => opened.Index.History[0].LastBlock!.Value);
        Assert.InRange(last, 4, 9);

        var report = run.ReplayAll();
        Assert.True(report.Equal, string.Join(' ', report.Problems));
        Assert.Equal(Enumerable.Range(0, last + 1), report.Steps.Select(step => step.Block));
        Assert.Equal(1, report.Steps[4].EmptySlots);
        Assert.Contains($"checkpoints 0 to {last}.", Assert.Single(report.Proves), StringComparison.Ordinal);
        Assert.Contains(report.DoesNotProve, sentence => sentence.Contains("stitched", StringComparison.Ordinal));
        var refused = Assert.Throws<UsageException>(() => run.Replay(new ReplayOptions { Steps = [10] }));
        Assert.Contains("stitch", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void After_an_edit_only_the_untouched_prefix_is_proven()
    {
        using var run = new ReplayRun();
        int record = run.Read(opened => opened.Partition.Block(3)[0]);
        run.Forget("fine-tune", record);
        var report = run.ReplayAll();
        Assert.Equal([0, 1, 2], report.Steps.Select(step => step.Block));
        Assert.Contains("checkpoints 0 to 2.", Assert.Single(report.Proves), StringComparison.Ordinal);
        Assert.Contains(report.DoesNotProve, sentence => sentence.StartsWith("The served model", StringComparison.Ordinal));
    }

    [Fact]
    public void One_percent_of_the_steps_costs_one_percent_of_the_training()
    {
        using var run = new ReplayRun(blocks: 100);
        var report = run.Replay(new ReplayOptions { Key = "drawn later" });
        Assert.Equal([StepKind.Initial, StepKind.Trained], report.Steps.Select(step => step.Kind));
        Assert.Equal(0.01, (double)report.Samples / report.AvailableSamples, 3);
        Assert.Contains("probability 0.01,", report.Proves[1], StringComparison.Ordinal);
        Assert.Equal(report.Steps[1].Block, run.Replay(new ReplayOptions { Key = "drawn later" }).Steps[1].Block);
        Assert.Contains(
            Enumerable.Range(1, 3).Select(i => run.Replay(new ReplayOptions { Key = $"drawn {i}" }).Steps[1].Block), block => block != report.Steps[1].Block);
        Assert.Equal(32, run.Replay(new ReplayOptions()).Key!.Length);
    }

    [Fact]
    public void The_steps_of_the_certificate_are_those_that_it_sealed()
    {
        using var run = new ReplayRun();
        Assert.Throws<UsageException>(() => run.Replay(new ReplayOptions { Certified = true }));
        run.Forget("retrain", 3);
        Assert.Throws<UsageException>(() => run.Replay(new ReplayOptions { All = true, Certified = true }));
        Assert.Contains("no certificate", Assert.Throws<UsageException>(() => run.Replay(new ReplayOptions { Certified = true })).Message, StringComparison.Ordinal);
        var keys = Directory.CreateTempSubdirectory("lethe-keys-");
        string file = Path.Combine(keys.FullName, "key.pem");
        EcdsaKeyFile.Create(file, null);
        using (var key = EcdsaKeyFile.Open(file, null))
            run.Engine.IssueCertificate(run.Folder, null, key);
        keys.Delete(recursive: true);
        var secret = RunSecret.FindOrCreate(run.Folder);
        var newest = run.Read(opened => RunLineage.Records(opened)[^1]);
        var report = run.Replay(new ReplayOptions { Certified = true });
        Assert.True(report.Equal);
        Assert.Equal([0, .. SpotCheck.Certified(secret, newest)], report.Steps.Select(step => step.Block));
    }

    [Fact]
    public void A_manipulated_checkpoint_is_found_by_its_own_step_and_the_next()
    {
        using var run = new ReplayRun();
        run.Manipulate(6, run.TrainingSteps);
        var report = run.ReplayAll();
        Assert.False(report.Equal);
        Assert.Empty(report.Problems);
        Assert.Empty(report.Proves);
        Assert.Equal([6, 7], report.Steps.Where(step => !step.Equal).Select(step => step.Block));
        Assert.All(report.Steps, step => Assert.NotNull(step.Got));
    }

    [Fact]
    public void A_damaged_object_and_a_record_that_contradicts_the_index_are_found()
    {
        using var run = new ReplayRun();
        string name = run.Read(opened => opened.Index.Checkpoints[5]!.Value).ToString();
        string file = Path.Combine(run.Folder, "objects", name[..2], name[2..]);
        byte[] bytes = File.ReadAllBytes(file);
        bytes[^2] ^= 4;
        File.WriteAllBytes(file, bytes);
        var report = run.ReplayAll();
        Assert.Equal([5, 6], report.Steps.Where(step => step.Problem is not null).Select(step => step.Block));

        var steps = StepRecord.FromJson(File.ReadAllText(run.TrainingSteps));
        File.WriteAllText(run.TrainingSteps, (steps with { Steps = [.. steps.Steps.Where(step => step.Block != 8)] }).ToJson());
        Assert.Contains("8.", Assert.Single(run.Replay(new ReplayOptions { Steps = [1] }).Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TrainingScheme.DeepObliviate, "retrain")]
    [InlineData(TrainingScheme.Sisa, "sisa")]
    public void A_run_that_kept_a_forgotten_record_secretly_is_found(TrainingScheme scheme, string method)
    {
        using var run = new ReplayRun(scheme);
        int[] records = run.Read(opened => opened.Partition.Block(2)[..3].ToArray());
        run.ForgetAllBut(method, records[1], records);
        var report = run.ReplayAll();
        Assert.Empty(report.Problems);
        Assert.Equal([2], report.Steps.Where(step => !step.Equal).Select(step => step.Block));
    }

    [Fact]
    public void Another_thread_count_is_refused_and_so_is_other_data()
    {
        using var run = new ReplayRun();
        string text = File.ReadAllText(run.TrainingSteps);
        var steps = StepRecord.FromJson(text);
        File.WriteAllText(run.TrainingSteps, (steps with { Profile = steps.Profile with { Threads = 2 } }).ToJson());
        var refused = Assert.Throws<BadDataException>(run.ReplayAll);
        Assert.Contains("threads 2 there, 1 here", refused.Message, StringComparison.Ordinal);
        Assert.Contains("lethe verify", refused.Message, StringComparison.Ordinal);

        File.WriteAllText(run.TrainingSteps, text);
        File.WriteAllText(run.DataFile, File.ReadAllText(run.DataFile).Replace("low", "high", StringComparison.Ordinal).Replace("high\n", "low\n", StringComparison.Ordinal));
        Assert.Throws<BadDataException>(run.ReplayAll);
    }

    [Fact]
    public void The_report_is_canonical_and_reads_as_it_was_written()
    {
        using var run = new ReplayRun();
        run.Forget("retrain", 3);
        var summary = run.Engine.Replay(run.Folder, new ReplayOptions { Steps = [2] }, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(Path.Combine(run.Folder, "requests", "request-0001", "replay.json"), summary.Report);
        var read = CanonicalJson.Deserialize<ReplayReport>(File.ReadAllText(summary.Report));
        Assert.Equal(summary.Replay.Digest, read.Digest);
        Assert.Empty(run.Engine.Inspect(run.Folder, searchResidue: true, cancellation: TestContext.Current.CancellationToken).Residue!.Found);
    }
}
