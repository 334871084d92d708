using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Torch;
using Lethe.Training.Datasets;
using Lethe.Training.Models;
using Lethe.Training.Runs;
using Lethe.Training.Tests.Training;
using Lethe.Training.Training;

namespace Lethe.Training.Tests.Runs;

public sealed class PlainTrainingTests
{
    private const int Epochs = 5;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Every epoch counts as older than the interval, so that each is kept.</summary>
    private static TrainingOptions EveryEpoch => new() { Time = new Leaping() };

    private static Recipe Plain(TensorDataset data, OptimizerKind optimizer = OptimizerKind.Sgd) => TinyData.Recipe(data) with
    {
        Scheme = TrainingScheme.Plain,
        Blocks = 1,
        EpochsPerBlock = Epochs,
        Optimizer = optimizer,
        LearningRate = optimizer == OptimizerKind.Sgd ? 0.05 : 0.002,
        Momentum = optimizer == OptimizerKind.Sgd ? 0.9 : 0,
        Augment = "shift:1",
    };

    [Fact]
    public void KeepsOnlyTheInitialAndTheLastModelAndMeasuresNoNoise()
    {
        using var data = TinyData.Images();
        using var directory = new TemporaryDirectory();
        using var run = Run.Create(directory.Run, TinyData.Config(data, Plain(data)));
        TrainingSession.Train(run, data, null, Cancellation, EveryEpoch);
        run.RequireReady();
        Assert.Equal(2, run.Index.References().Count);
        Assert.Equal(2, run.Store.List().Count());
        Assert.Null(run.Index.Unfinished);
        Assert.Null(run.Index.NoiseFloor);
        Assert.Equal(Epochs * data.Count, run.Index.TrainingCost.Samples);
    }

    [Theory]
    [InlineData(OptimizerKind.Sgd)]
    [InlineData(OptimizerKind.Adamw)]
    public void InterruptedAfterAnyEpochAndResumedGivesTheSameBytes(OptimizerKind optimizer)
    {
        using var data = TinyData.Images();
        using var directory = new TemporaryDirectory();
        var recipe = Plain(data, optimizer);
        Digest? whole = null;
        for (var stopAt = Epochs; stopAt >= 1; stopAt--)
        {
            using var run = Run.Create(Path.Combine(directory.Path, $"{stopAt}"), TinyData.Config(data, recipe));
            if (stopAt < Epochs)
            {
                Interrupt(run, data, stopAt);
                Assert.Equal(stopAt, run.Index.Unfinished!.Epochs);
                Assert.Equal(3, run.Store.List().Count());
            }
            TrainingSession.Train(run, data, null, Cancellation, EveryEpoch);
            whole ??= run.Index.Served;
            Assert.Equal(whole, run.Index.Served);
            Assert.Equal(Epochs * data.Count, run.Index.TrainingCost.Samples);
        }
    }

    [Fact]
    public void StartsAnewWhereTheKeptEpochIsDamaged()
    {
        using var data = TinyData.Images();
        using var directory = new TemporaryDirectory();
        using var run = Run.Create(directory.Run, TinyData.Config(data, Plain(data)));
        Interrupt(run, data, 3);
        RunTests.FlipBit(directory.Run, run.Index.Unfinished!.Optimizer);
        TrainingSession.Train(run, data, null, Cancellation);
        using var other = Run.Create(Path.Combine(directory.Path, "other"), TinyData.Config(data, Plain(data)));
        TrainingSession.Train(other, data, null, Cancellation);
        Assert.Equal(other.Index.Served, run.Index.Served);
    }

    [Fact]
    public void TheRateFollowsTheEpochsAndMomentumLivesOn()
    {
        using var data = TinyData.Images();
        var recipe = Plain(data) with { Augment = "none", BatchSize = data.Count, Schedule = ScheduleKind.Linear, WeightDecay = 0 };
        using var trainer = new BlockTrainer(recipe, data, TinyData.Partition(data, 1));
        using var generator = new Generator(3);
        using var model = ModelCatalog.Create(recipe.ModelFor(data.Manifest), generator);
        using var start = StateDict.FromModule(model);
        trainer.TrainBlock(model, 1, new HashSet<int>(), Cancellation);
        using var trained = StateDict.FromModule(model);

        start.CopyTo(model);
        using var optimizer = torch.optim.SGD(model.parameters(), recipe.LearningRate, recipe.Momentum);
        using var scope = torch.NewDisposeScope();
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            optimizer.LearningRate = recipe.LearningRate * (1 - (double)epoch / Epochs);
            optimizer.zero_grad();
            torch.nn.functional.cross_entropy(model.forward(recipe.Normalization!.Apply(data.Samples)), data.Labels).backward();
            optimizer.step();
        }
        using var byHand = StateDict.FromModule(model);
        foreach (var name in trained.ParameterNames)
        {
            Assert.True(trained[name].allclose(byHand[name], atol: 1e-5), name);
        }
    }

    [Fact]
    public void DivergingStopsAtTheEpoch()
    {
        using var data = TinyData.Images();
        using var directory = new TemporaryDirectory();
        using var run = Run.Create(directory.Run, TinyData.Config(data, Plain(data) with { LearningRate = 1e30 }));
        var error = Assert.Throws<LetheException>(() => TrainingSession.Train(run, data, null, Cancellation, EveryEpoch));
        Assert.Contains("epoch", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void HasOneBlock() =>
        Assert.Throws<UsageException>(() => new Recipe { Scheme = TrainingScheme.Plain, Blocks = 2 }.Validated());

    private static void Interrupt(Run run, TensorDataset data, int epochs)
    {
        using var source = new CancellationTokenSource();
        var seen = 0;
        var progress = new Callback(() =>
        {
            if (++seen == epochs)
            {
                source.Cancel();
            }
        });
        Assert.Throws<OperationCanceledException>(() => TrainingSession.Train(run, data, progress, source.Token, EveryEpoch));
    }

    /// <summary>A clock that leaps ten seconds whenever it is asked.</summary>
    private sealed class Leaping : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => now += 10;
    }
}
