using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Torch;
using Lethe.Training.Datasets;
using Lethe.Training.Runs;
using Lethe.Training.Tests.Training;
using Lethe.Training.Training;

namespace Lethe.Training.Tests.Runs;

public sealed class TrainingSessionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly TrainingOptions Quick = new() { FloorBlocks = 2, FloorRepeats = 1 };

    private static Digest Trained(TensorDataset data, string directory, Recipe? recipe = null)
    {
        using var run = Run.Create(directory, TinyData.Config(data, recipe));
        TrainingSession.Train(run, data, null, Cancellation, Quick);
        return run.Index.Checkpoints[^1]!.Value;
    }

    [Fact]
    public void TrainsToTheEndAndRemembersCostsAndNoise()
    {
        using var data = TinyData.Images();
        using var directory = new TemporaryDirectory();
        using var run = Run.Create(directory.Run, TinyData.Config(data));
        Assert.Equal(-1, run.Index.LastTrainedBlock);
        Assert.Throws<BadDataException>(run.RequireReady);
        TrainingSession.Train(run, data, null, Cancellation, Quick);
        run.RequireReady();
        Assert.Equal(4, run.Index.LastTrainedBlock);
        Assert.Equal(run.Index.Checkpoints[^1], run.Index.Served);
        Assert.Equal(5, run.Index.References().Count);
        Assert.All(run.Index.Costs, cost => Assert.Equal(60, cost!.Samples));
        Assert.Equal(240, run.Index.TrainingCost.Samples);
        Assert.Equal(run.Store.List().Sum(run.Store.SizeOf), run.Index.TrainingCost.BytesWritten);
        Assert.Equal([1, 4], run.Index.NoiseFloor!.Points.Select(point => point.Block));
        Assert.All(run.Index.NoiseFloor.Points, point => Assert.True(point.Mean > 0));
        Assert.Equal(120, run.Index.NoiseFloor.Cost.Samples);
    }

    [Fact]
    public void TheSameSeedGivesTheSameBytes()
    {
        using var data = TinyData.Images();
        using var directory = new TemporaryDirectory();
        var first = Trained(data, Path.Combine(directory.Path, "a"));
        Assert.Equal(first, Trained(data, Path.Combine(directory.Path, "b")));
        Assert.NotEqual(first, Trained(data, Path.Combine(directory.Path, "c"), TinyData.Recipe(data) with { Seed = 2 }));
    }

    [Fact]
    public void DivergedTrainingIsAnErrorAndStoresNoWorthlessModel()
    {
        using var data = TinyData.Images();
        using var directory = new TemporaryDirectory();
        using var run = Run.Create(directory.Run, TinyData.Config(data, TinyData.Recipe(data) with { LearningRate = 1e30 }));
        var error = Assert.Throws<LetheException>(() => TrainingSession.Train(run, data, null, Cancellation, Quick));
        Assert.Contains("--lr", error.Message, StringComparison.Ordinal);
        Assert.NotEqual(RunStatus.Ready, run.Index.Status);
        Assert.True(run.Index.LastTrainedBlock < run.BlockCount);
    }

    [Fact]
    public void InterruptedAtAnyEpochAndResumedGivesTheSameBytes()
    {
        using var data = TinyData.Images();
        using var directory = new TemporaryDirectory();
        var whole = Trained(data, Path.Combine(directory.Path, "whole"));
        for (var stopAt = 1; stopAt <= 9; stopAt++)
        {
            var path = Path.Combine(directory.Path, $"stopped-{stopAt}");
            Interrupt(data, path, stopAt);
            using var resumed = Run.Open(path, writable: true);
            Assert.Equal(RunStatus.Training, resumed.Index.Status);
            TrainingSession.Train(resumed, data, null, Cancellation, Quick);
            Assert.Equal(whole, resumed.Index.Checkpoints[^1]);
            Assert.Equal(2, resumed.Index.NoiseFloor!.Points.Count);
        }
    }

    [Fact]
    public void RetrainingABlockFromItsStartWithoutDeletionIsBitwiseEqual()
    {
        using var data = TinyData.Images();
        using var directory = new TemporaryDirectory();
        Trained(data, directory.Run);
        using var run = Run.Open(directory.Run, writable: false);
        using var trainer = new BlockTrainer(run.Recipe, data, run.Partition);
        for (var block = 1; block <= run.BlockCount; block++)
        {
            using var model = run.CreateModel(run.Index.Checkpoints[block - 1]!.Value);
            trainer.TrainBlock(model, block, new HashSet<int>(), Cancellation);
            using var state = StateDict.FromModule(model);
            Assert.Equal(run.Index.Checkpoints[block], Digest.Of(state.ToSafetensors()));
        }
    }

    [Fact]
    public void ResumesFromTheNewestCheckpointThatIsWhole()
    {
        using var data = TinyData.Images();
        using var directory = new TemporaryDirectory();
        var whole = Trained(data, Path.Combine(directory.Path, "whole"));
        Interrupt(data, directory.Run, 6);
        using var run = Run.Open(directory.Run, writable: true);
        Assert.Equal(3, run.Index.LastTrainedBlock);
        RunTests.FlipBit(directory.Run, run.Index.Checkpoints[3]!.Value);
        TrainingSession.Train(run, data, null, Cancellation, Quick);
        Assert.Equal(whole, run.Index.Checkpoints[^1]);
    }

    [Fact]
    public void LeavesNoTensorBehind()
    {
        using var data = TinyData.Images();
        using var directory = new TemporaryDirectory();
        var before = LiveTensors.Settled();
        Trained(data, directory.Run);
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void RefusesOtherData()
    {
        using var data = TinyData.Images();
        using var other = TinyData.Images(seed: 2);
        using var directory = new TemporaryDirectory();
        using var run = Run.Create(directory.Run, TinyData.Config(data));
        Assert.Throws<BadDataException>(() => TrainingSession.Train(run, other, null, Cancellation, Quick));
    }

    [Fact]
    public void RefusesAnotherNumericProfileUnlessForced()
    {
        using var data = TinyData.Images();
        using var directory = new TemporaryDirectory();
        var config = TinyData.Config(data);
        var profile = EngineProfile.Current(config.Recipe) with { CpuCapability = "Z80", LibtorchVersion = "0.1" };
        using var run = Run.Create(directory.Run, config with { Profile = profile });
        var error = Assert.Throws<BadDataException>(() => TrainingSession.Train(run, data, null, Cancellation, Quick));
        Assert.Contains("Z80 there", error.Message, StringComparison.Ordinal);
        Assert.Contains("libtorch 0.1 there", error.Message, StringComparison.Ordinal);
        TrainingSession.Train(run, data, null, Cancellation, Quick with { ForceProfile = true });
        run.RequireReady();
    }

    internal static void Interrupt(TensorDataset data, string directory, int reports)
    {
        using var run = Run.Create(directory, TinyData.Config(data));
        using var source = new CancellationTokenSource();
        var seen = 0;
        var progress = new Callback(() =>
        {
            if (++seen == reports)
            {
                source.Cancel();
            }
        });
        Assert.Throws<OperationCanceledException>(() => TrainingSession.Train(run, data, progress, source.Token, Quick));
    }
}
