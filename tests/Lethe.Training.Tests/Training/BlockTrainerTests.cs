using Lethe.Core.Partitions;
using Lethe.Torch;
using Lethe.Training.Datasets;
using Lethe.Training.Models;
using Lethe.Training.Training;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Training.Tests.Training;

public sealed class BlockTrainerTests
{
    private static readonly HashSet<int> None = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static torch.nn.Module<Tensor, Tensor> Model(Recipe recipe, TensorDataset data)
    {
        using var generator = new Generator(11);
        return ModelCatalog.Create(recipe.ModelFor(data.Manifest), generator);
    }

    private static byte[] TrainedBytes(
        Recipe recipe, TensorDataset data, IReadOnlySet<int> deleted, int block = 1, ulong? orderSeed = null, Partition? partition = null)
    {
        using var model = Model(recipe, data);
        using var trainer = new BlockTrainer(recipe, data, partition ?? TinyData.Partition(data, recipe.Blocks));
        trainer.TrainBlock(model, block, deleted, Cancellation, orderSeed: orderSeed);
        using var state = StateDict.FromModule(model);
        return state.ToSafetensors();
    }

    [Theory]
    [InlineData("lenet5", "none", OptimizerKind.Sgd)]
    [InlineData("lenet5", "shift:1", OptimizerKind.Adam)]
    [InlineData("allcnn", "flip+crop:2", OptimizerKind.Sgd)]
    [InlineData("mlp", "none", OptimizerKind.Adamw)]
    public void SameInputsGiveTheSameBits(string model, string augment, OptimizerKind optimizer)
    {
        using var data = TinyData.Images(24);
        var recipe = TinyData.Recipe(data, model) with
        {
            Augment = augment,
            Optimizer = optimizer,
            LearningRate = 0.01,
            EpochsPerBlock = 1,
        };
        var bytes = TrainedBytes(recipe, data, None);
        Assert.Equal(bytes, TrainedBytes(recipe, data, None));
        Assert.NotEqual(bytes, TrainedBytes(recipe, data, None, orderSeed: 99));
        Assert.NotEqual(bytes, TrainedBytes(recipe with { Seed = 2 }, data, None));
        Assert.NotEqual(bytes, TrainedBytes(recipe, data, None, block: 2));
    }

    [Fact]
    public void EqualsAPlainLoopOverTheSameBatches()
    {
        using var data = TinyData.Images();
        var recipe = TinyData.Recipe(data) with { BatchSize = 7, Momentum = 0.9, Nesterov = true };
        var partition = TinyData.Partition(data);
        using var reference = Model(recipe, data);
        using (torch.NewDisposeScope())
        {
            using var optimizer = torch.optim.SGD(reference.parameters(), 0.1 * 2 / 4, 0.9, weight_decay: 5e-4, nesterov: true);
            for (var epoch = 0; epoch < 2; epoch++)
            {
                var plan = new BatchPlan(recipe.Seed, 3, epoch, 30, 7);
                for (var i = 0; i < plan.BatchCount; i++)
                {
                    int[] records = [.. plan.Batch(i).ToArray().Select(slot => partition.Block(3)[slot])];
                    using var batch = data.Read(records);
                    optimizer.zero_grad();
                    F.cross_entropy(reference.forward(recipe.Normalization!.Apply(batch.Inputs)), batch.Labels).backward();
                    optimizer.step();
                }
            }
        }
        using var model = Model(recipe, data);
        using var trainer = new BlockTrainer(recipe, data, partition);
        var result = trainer.TrainBlock(model, 3, None, Cancellation);
        Assert.Equal(60, result.Samples);
        using var expected = StateDict.FromModule(reference);
        using var actual = StateDict.FromModule(model);
        var distance = UpdateDistance.L1(expected, actual, expected, expected) / expected.ParameterCount;
        Assert.InRange(distance, 0, 1e-6);
    }

    [Fact]
    public void ADeletedRecordIsNeverReadAndLeavesTheOthersInTheirBatches()
    {
        using var data = TinyData.Images();
        var recipe = TinyData.Recipe(data) with { Augment = "shift:1" };
        var partition = TinyData.Partition(data);
        var gone = partition.Block(1)[4];
        using var poisoned = WithOtherPixels(data, gone);
        HashSet<int> deleted = [gone];
        var bytes = TrainedBytes(recipe, data, deleted);
        Assert.Equal(bytes, TrainedBytes(recipe, poisoned, deleted));
        Assert.NotEqual(TrainedBytes(recipe, data, None), TrainedBytes(recipe, poisoned, None));
        Assert.NotEqual(bytes, TrainedBytes(recipe, data, None));
        Assert.Equal(TrainedBytes(recipe, data, None), TrainedBytes(recipe, data, new HashSet<int> { partition.Block(2)[0] }));
    }

    [Fact]
    public void TheLossIsDividedByTheOriginalBatchSize()
    {
        using var scope = torch.NewDisposeScope();
        using var data = TinyData.Images(8);
        var recipe = TinyData.Recipe(data) with { Blocks = 1, EpochsPerBlock = 1, BatchSize = 8, WeightDecay = 0, LearningRate = 1 };
        var partition = TinyData.Partition(data, 1);
        HashSet<int> deleted = [0, 1, 2, 3, 4];
        using var model = Model(recipe, data);
        using var start = StateDict.FromModule(model);
        using var batch = data.Read([5, 6, 7]);
        var logits = model.forward(recipe.Normalization!.Apply(batch.Inputs));
        (F.cross_entropy(logits, batch.Labels, reduction: torch.nn.Reduction.Sum) / 8).backward();
        var gradient = model.state_dict()["fc3.weight"].grad!.data<float>();
        var bytes = TrainedBytes(recipe, data, deleted, partition: partition);
        using var after = StateDict.FromSafetensors(bytes);
        var (w0, w1) = (start.Values("fc3.weight"), after.Values("fc3.weight"));
        for (var i = 0; i < gradient.Length; i++)
        {
            Assert.Equal(w0[i] - gradient[i], w1[i], 1e-5f);
        }
    }

    [Theory]
    [InlineData("lenet5")]
    [InlineData("allcnn")]
    public void AnEmptiedBatchStillDecaysTheWeights(string name)
    {
        using var data = TinyData.Images(8);
        var recipe = TinyData.Recipe(data, name) with { Blocks = 1, EpochsPerBlock = 1, BatchSize = 8, WeightDecay = 0.5 };
        var keep = name == "allcnn" ? 1 : 0;
        using var model = Model(recipe, data);
        using var start = StateDict.FromModule(model);
        using var trainer = new BlockTrainer(recipe, data, TinyData.Partition(data, 1));
        var result = trainer.TrainBlock(model, 1, Enumerable.Range(keep, 8 - keep).ToHashSet(), Cancellation);
        Assert.Equal(0, result.Samples);
        Assert.True(double.IsNaN(result.MeanLoss));
        using var after = StateDict.FromModule(model);
        foreach (var parameter in start.ParameterNames)
        {
            var (w0, w1) = (start.Values(parameter), after.Values(parameter));
            Assert.All(w0.Zip(w1), pair => Assert.Equal(pair.First * 0.95f, pair.Second, 1e-6f));
        }
        Assert.All(start.BufferNames, buffer => Assert.Equal(start.Values(buffer), after.Values(buffer)));
    }

    [Fact]
    public void DropoutIsAFunctionOfTheStep()
    {
        using var data = TinyData.Images(32);
        var recipe = TinyData.Recipe(data, "mlp") with
        {
            ModelOptions = new Dictionary<string, string> { ["hidden"] = "16", ["dropout"] = "0.5" },
        };
        var bytes = TrainedBytes(recipe, data, None);
        Assert.Equal(bytes, TrainedBytes(recipe, data, None));
        Assert.NotEqual(bytes, TrainedBytes(TinyData.Recipe(data, "mlp"), data, None));
    }

    [Fact]
    public void ADeletedRecordLeavesTheOthersTheirDropout()
    {
        using var data = TinyData.Images(32);
        var recipe = TinyData.Recipe(data, "mlp") with { Blocks = 1 };
        Dictionary<float, List<float[]>> Masks(IReadOnlySet<int> deleted)
        {
            using var model = new MaskWatcher();
            using var trainer = new BlockTrainer(recipe, data, TinyData.Partition(data, 1));
            trainer.TrainBlock(model, 1, deleted, Cancellation);
            return model.Seen;
        }
        var (all, some) = (Masks(None), Masks(new HashSet<int> { 3, 4, 20 }));
        Assert.Equal((32, 29), (all.Count, some.Count));
        Assert.All(some, entry => Assert.Equal(all[entry.Key], entry.Value));
    }

    [Fact]
    public void Bfloat16LearnsAsWell()
    {
        using var data = TinyData.Images();
        var recipe = TinyData.Recipe(data, "allcnn") with { Blocks = 1, LearningRate = 0.05, EpochsPerBlock = 1 };
        double Loss(Precision precision)
        {
            using var model = Model(recipe, data);
            using var trainer = new BlockTrainer(recipe with { Precision = precision }, data, TinyData.Partition(data, 1));
            return trainer.TrainBlock(model, 1, None, Cancellation).MeanLoss;
        }
        Assert.Equal(Loss(Precision.Fp32), Loss(Precision.Bf16), 0.1);
    }

    [Fact]
    public void LeavesNoTensorBehindAlsoWhenCancelled()
    {
        using var data = TinyData.Images();
        var recipe = TinyData.Recipe(data) with { Augment = "shift:1" };
        using var model = Model(recipe, data);
        foreach (var parameter in model.parameters())
        {
            parameter.grad = null;
        }
        var before = LiveTensors.Settled();
        using (var trainer = new BlockTrainer(recipe, data, TinyData.Partition(data)))
        {
            trainer.TrainBlock(model, 1, None, Cancellation);
            using var source = new CancellationTokenSource();
            var seen = 0;
            var progress = new Callback(() => { seen++; source.Cancel(); });
            Assert.Throws<OperationCanceledException>(() => trainer.TrainBlock(model, 2, None, source.Token, progress));
            Assert.Equal(1, seen);
        }
        foreach (var parameter in model.parameters())
        {
            parameter.grad = null;
        }
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void NeedsAResolvedRecipe()
    {
        using var data = TinyData.Images(8);
        Assert.Throws<ArgumentException>(() => new BlockTrainer(new Recipe(), data, TinyData.Partition(data)));
    }

    [Fact]
    public void AutoPrecisionLeavesSmallNetsInFloats()
    {
        Assert.Equal(Precision.Fp32, PrecisionChoice.Resolve(Precision.Auto, "lenet5", "cpu"));
        Assert.Equal(Precision.Fp32, PrecisionChoice.Resolve(Precision.Auto, "mlp", "cuda"));
        Assert.Equal(Precision.Bf16, PrecisionChoice.Resolve(Precision.Auto, "resnet18", "cuda"));
        Assert.Equal(torch.has_bf16_cpu ? Precision.Bf16 : Precision.Fp32, PrecisionChoice.Resolve(Precision.Auto, "allcnn", "cpu"));
        Assert.Equal(Precision.Fp32, PrecisionChoice.Resolve(Precision.Fp32, "allcnn", "cuda"));
    }

    /// <summary>A model that notes each record's masks, by the sum of its pixels.</summary>
    private sealed class MaskWatcher : torch.nn.Module<Tensor, Tensor>, IUsesDropout
    {
        private readonly torch.nn.Module<Tensor, Tensor> layer;
        private DropoutMasks? masks;

        public MaskWatcher()
            : base(nameof(MaskWatcher))
        {
            using var generator = new Generator(1);
            layer = torch.nn.Linear(144, TinyData.Classes, generator: generator);
            register_module("layer", layer);
        }

        public Dictionary<float, List<float[]>> Seen { get; } = [];

        public double DropoutProbability => 0.5;

        public void SetDropoutMasks(DropoutMasks? masks) => this.masks = masks;

        public override Tensor forward(Tensor input)
        {
            var pixels = input.flatten(1);
            var drawn = masks!.Apply(torch.ones([pixels.shape[0], 40]), DropoutProbability);
            for (var row = 0; row < pixels.shape[0]; row++)
            {
                var key = pixels[row].sum().item<float>();
                if (!Seen.TryGetValue(key, out var list))
                {
                    Seen[key] = list = [];
                }
                list.Add(drawn[row].data<float>().ToArray());
            }
            return layer.call(pixels);
        }
    }

    private static TensorDataset WithOtherPixels(TensorDataset data, int record)
    {
        var pixels = data.Samples.bytes();
        pixels.AsSpan(record * 144, 144).Fill(255);
        return TensorDataset.FromBytes("poisoned", pixels, data.Manifest.SampleShape, data.Manifest.Labels);
    }
}
