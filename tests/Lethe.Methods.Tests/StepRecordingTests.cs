using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Core.Steps;
using Lethe.Methods.Options;
using Lethe.Training.Runs;

namespace Lethe.Methods.Tests;

/// <summary>What is recorded of how each checkpoint came about, by every kind of training and forgetting.</summary>
public sealed class StepRecordingTests
{
    private static readonly MethodOptions AtOnce = MethodOptions.Of(("floor-factor", "1e9"), ("max-change", "1e9"));

    [Theory]
    [InlineData("mlp")]
    [InlineData("plain")]
    [InlineData("sharded")]
    public void Training_records_each_step_from_the_initial_model_on(string kind)
    {
        using var fixture = kind switch { "mlp" => SyntheticRun.Mlp(), "plain" => SyntheticRun.Plain(), _ => SyntheticRun.Sharded() };
        var run = fixture.Run;
        var record = Assert.Single(RunLineage.Records(run));
        Assert.Null(record.Request);
        Assert.Equal((run.Index.Served, run.Dataset.Digest, run.Recipe.Digest), (record.Served, record.Data, record.Recipe));
        Assert.Equal(Enumerable.Range(0, run.BlockCount + 1), record.Steps.Select(step => step.Block));
        Assert.Equal(run.Index.Checkpoints, record.Steps.Select(step => (Digest?)step.Output));
        Assert.Equal(run.Index.TrainingCost.Samples, record.Steps.Sum(step => step.Samples));
        if (kind == "sharded") Assert.Equal(run.Index.Checkpoints[0], record.Steps[4].Input);
        Assert.All(RunLineage.Of(run), lineage => Assert.True(lineage is { IsUnbroken: true, KnowsForgotten: false }));
    }

    [Theory]
    [InlineData("mlp", "retrain")]
    [InlineData("plain", "retrain")]
    [InlineData("sharded", "sisa")]
    public void Exact_methods_leave_an_unbroken_line_of_trained_steps(string kind, string method)
    {
        using var fixture = kind switch { "mlp" => SyntheticRun.Mlp(), "plain" => SyntheticRun.Plain(), _ => SyntheticRun.Sharded() };
        for (var i = 1; i <= 2; i++)
        {
            var request = fixture.Request($"r{i}", 2 * i, kind == "plain" ? [1] : [5]);
            Serve(fixture, method, request, MethodOptions.None);
        }
        var lineage = RunLineage.Of(fixture.Run);
        Assert.All(lineage, one => Assert.True(one is { IsUnbroken: true, KnowsForgotten: false }));
        Assert.Equal("r2", lineage[kind == "plain" ? 1 : 5].Source!.Request);
        Assert.Null(lineage[0].Source!.Request);
    }

    [Fact]
    public void Stitched_checkpoints_are_derived_and_retrained_ones_are_not()
    {
        using var fixture = SyntheticRun.Mlp();
        Serve(fixture, "deep-obliviate", fixture.Request("r1", 2, 4), AtOnce);
        var lineage = RunLineage.Of(fixture.Run);
        var last = fixture.Run.Index.History[0].LastBlock!.Value;
        Assert.InRange(last, 4, SyntheticRun.Blocks - 1);
        foreach (var one in lineage)
        {
            Assert.Equal(one.Block <= last ? (one.Block == 0 ? StepKind.Initial : StepKind.Trained) : StepKind.Derived, one.Step!.Kind);
            Assert.Equal(one.Block <= last, one.IsUnbroken);
            Assert.Equal(one.Block < 4 ? null : "r1", one.Source!.Request);
        }
    }

    [Fact]
    public void An_edited_model_is_derived_and_what_stays_is_trained()
    {
        using var fixture = SyntheticRun.Mlp();
        Serve(fixture, "fine-tune", fixture.Request("r1", 2, 4), MethodOptions.None);
        var lineage = RunLineage.Of(fixture.Run);
        Assert.Equal([0, 1, 2, 3], lineage.Where(one => one.IsUnbroken).Select(one => one.Block));
        Assert.All(lineage.Where(one => !one.IsUnbroken), one => Assert.Equal(StepKind.Derived, one.Step!.Kind));
    }

    [Fact]
    public void Steps_of_a_network_with_batch_normalisation_and_dropout_give_the_same_bits_again()
    {
        using var fixture = SyntheticRun.Convolution();
        Serve(fixture, "retrain", fixture.Request("r1", 2, 2), MethodOptions.None);
        using var replay = new StepReplay(fixture.Run, fixture.Data);
        Assert.Equal(fixture.Run.Index.Checkpoints[0], replay.Initial());
        foreach (var one in RunLineage.Of(fixture.Run).Skip(1))
            Assert.Equal(one.Checkpoint, replay.Train(one.Block, one.Step!.Input!.Value, TestContext.Current.CancellationToken).Output);
    }

    [Fact]
    public void A_checkpoint_that_read_a_record_forgotten_since_is_named()
    {
        using var fixture = SyntheticRun.Mlp();
        var kept = fixture.Run.Partition.Block(7)[0];
        var index = fixture.Run.Index with { Deleted = [kept] };
        var lineage = RunLineage.Of(fixture.Run, index, RunLineage.Records(fixture.Run));
        Assert.All(lineage, one => Assert.Equal(one.Block >= 7, one.KnowsForgotten));
    }

    [Fact]
    public void A_damaged_record_is_reported_by_its_path()
    {
        using var fixture = SyntheticRun.Mlp();
        var path = Path.Combine(fixture.Directory, StepRecording.FileName);
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"initial\"", "\"trained\"", StringComparison.Ordinal));
        Assert.Contains(path, Assert.Throws<StoreDamagedException>(() => RunLineage.Of(fixture.Run)).Message, StringComparison.Ordinal);
    }

    private static void Serve(SyntheticRun fixture, string method, Core.Requests.ForgetRequest request, MethodOptions options)
    {
        using var result = fixture.Execute(method, request, options);
        File.WriteAllText(Path.Combine(fixture.Run.RequestDirectory(request.Id), StepRecording.FileName), result.Steps.ToJson());
        fixture.Run.Commit(result.NextIndex);
    }
}
