using Lethe.Core.Errors;
using Lethe.Training.Datasets;
using Lethe.Training.Training;

namespace Lethe.Training.Tests.Training;

public sealed class RecipeTests
{
    private static readonly Recipe Full = new()
    {
        Model = "mlp",
        ModelOptions = new Dictionary<string, string> { ["hidden"] = "8,9" },
        Optimizer = OptimizerKind.Adamw,
        LearningRate = 0.0123,
        Momentum = 0.9,
        Nesterov = true,
        WeightDecay = 1e-4,
        Schedule = ScheduleKind.Inverse,
        Warmup = 2,
        BatchSize = 7,
        Blocks = 11,
        EpochsPerBlock = 3,
        Augment = "flip+crop:4",
        Normalization = new Normalization([0.1f, 0.2f], [0.3f, 0.4f]),
        Precision = Precision.Bf16,
        Seed = ulong.MaxValue,
        Threads = 1,
    };

    [Fact]
    public void RoundTripsThroughJson()
    {
        var read = Recipe.FromJson(Full.ToJson());
        Assert.Equal(Full, read);
        Assert.Equal(Full.ToJson(), read.ToJson());
        Assert.Equal(Full.Digest, read.Digest);
        Assert.Equal(ulong.MaxValue, read.Seed);
    }

    [Fact]
    public void The_canonical_json_of_the_defaults() =>
        Assert.Equal(
            """{"aggregation":"mean","augment":"none","batchSize":50,"blocks":100,"device":"cpu","epochsPerBlock":5,"initialWeights":null,"inverseScale":0.1,"learningRate":0.1,"model":"lenet5","modelOptions":{},"momentum":0,"nesterov":false,"normalization":null,"optimizer":"sgd","precision":"auto","schedule":"linear","scheme":"deep-obliviate","seed":1,"shards":1,"threads":2,"warmup":0,"weightDecay":0.0005}""",
            new Recipe().ToJson());

    [Fact]
    public void AnyChangeChangesTheDigest()
    {
        var digests = new[]
        {
            Full, Full with { Seed = 2 }, Full with { LearningRate = 0.0124 }, Full with { Threads = 2 }, Full with { Augment = "none" },
            Full with { Normalization = null },
        }.Select(recipe => recipe.Digest).Distinct();
        Assert.Equal(6, digests.Count());
    }

    [Theory]
    [InlineData(ScheduleKind.Constant, 1, 0.4)]
    [InlineData(ScheduleKind.Constant, 10, 0.4)]
    [InlineData(ScheduleKind.Linear, 1, 0.4)]
    [InlineData(ScheduleKind.Linear, 6, 0.2)]
    [InlineData(ScheduleKind.Linear, 10, 0.04)]
    [InlineData(ScheduleKind.Cosine, 1, 0.4)]
    [InlineData(ScheduleKind.Cosine, 6, 0.2)]
    [InlineData(ScheduleKind.Inverse, 1, 0.4)]
    [InlineData(ScheduleKind.Inverse, 2, 0.2)]
    [InlineData(ScheduleKind.Inverse, 10, 0.04)]
    public void RateFollowsTheSchedule(ScheduleKind schedule, int block, double rate)
    {
        var recipe = new Recipe { LearningRate = 0.4, Blocks = 10, Schedule = schedule };
        Assert.Equal(rate, recipe.LearningRateAt(block), 12);
    }

    [Fact]
    public void WarmUpRisesLinearly()
    {
        var recipe = new Recipe { LearningRate = 0.4, Blocks = 10, Schedule = ScheduleKind.Constant, Warmup = 3 };
        double[] rates = [.. Enumerable.Range(1, 5).Select(recipe.LearningRateAt)];
        Assert.Equal([0.1, 0.2, 0.3, 0.4, 0.4], rates.Select(rate => Math.Round(rate, 12)));
    }

    [Fact]
    public void RejectsValuesOutOfRange()
    {
        Recipe[] bad =
        [
            new() { Model = "vgg" }, new() { LearningRate = 0 }, new() { LearningRate = double.NaN }, new() { Momentum = 1 },
            new() { Nesterov = true }, new() { WeightDecay = -1 }, new() { BatchSize = 0 }, new() { Blocks = 0 }, new() { Warmup = 100 },
            new() { EpochsPerBlock = 0 }, new() { Threads = 0 }, new() { Device = "tpu" }, new() { Augment = "rotate" },
        ];
        Assert.All(bad, recipe => Assert.Throws<UsageException>(recipe.Validated));
        Assert.Throws<BadDataException>(() => Recipe.FromJson("{\"model\":3}"));
    }
}
