using Lethe.Core.Errors;
using Lethe.Torch;
using Lethe.Training.Models;

namespace Lethe.Training.Tests.Models;

public sealed class ModelCatalogTests
{
    private static torch.nn.Module<Tensor, Tensor> Create(
        string name, long[] shape, int classes = 10, string? option = null, string? value = null)
    {
        using var generator = new Generator(1);
        var options = option is null ? null : new Dictionary<string, string> { [option] = value! };
        return ModelCatalog.Create(new ModelSpec(name, shape, classes, options), generator);
    }

    [Theory]
    [InlineData("lenet5", 1, 28, 61_706)]
    [InlineData("lenet5", 3, 32, 62_006)]
    [InlineData("mlp", 1, 28, 669_706)]
    [InlineData("resnet18", 3, 32, 11_173_962)]
    [InlineData("resnet18-imagenet", 3, 64, 11_181_642)]
    [InlineData("allcnn", 3, 32, 1_370_986)]
    public void HasTheKnownNumberOfParameters(string name, long channels, long size, long count)
    {
        using var model = Create(name, [channels, size, size]);
        Assert.Equal(count, model.parameters().Sum(p => p.numel()));
    }

    [Theory]
    [InlineData("lenet5", 1, 12, 14)]
    [InlineData("lenet5", 2, 29, 33)]
    [InlineData("allcnn", 1, 9, 12)]
    [InlineData("resnet18", 1, 28, 20)]
    [InlineData("resnet18-imagenet", 1, 33, 40)]
    public void TakesOtherSizesAndChannels(string name, long channels, long height, long width)
    {
        using var scope = torch.NewDisposeScope();
        using var model = Create(name, [channels, height, width], 7);
        model.eval();
        Assert.Equal([2, 7], model.forward(torch.zeros([2, channels, height, width])).shape);
    }

    [Fact]
    public void NamesAreTorchvisions()
    {
        using var model = Create("resnet18", [3, 32, 32]);
        var names = model.state_dict().Keys.ToHashSet();
        Assert.Equal(122, names.Count);
        Assert.Superset(
            new HashSet<string>
            {
                "conv1.weight", "bn1.running_mean", "layer1.0.conv1.weight", "layer2.0.downsample.1.num_batches_tracked", "fc.bias",
            },
            names);
    }

    [Fact]
    public void TheSeedDecidesTheWeights()
    {
        static float[] Weights(ulong seed)
        {
            using var generator = new Generator(seed);
            using var model = ModelCatalog.Create(new ModelSpec("resnet18", [1, 8, 8], 2), generator);
            return model.state_dict()["layer1.0.conv1.weight"].data<float>();
        }
        Assert.Equal(Weights(1), Weights(1));
        Assert.NotEqual(Weights(1), Weights(2));
        var deviation = Math.Sqrt(Weights(1).Average(w => (double)w * w));
        Assert.Equal(Math.Sqrt(2.0 / (64 * 9)), deviation, 2e-3);
    }

    [Fact]
    public void RefusesWhatItCannotBuild()
    {
        Assert.Throws<UsageException>(() => Create("vgg", [3, 32, 32]));
        Assert.Throws<UsageException>(() => Create("lenet5", [20]));
        Assert.Throws<UsageException>(() => Create("lenet5", [1, 8, 8]));
        Assert.Throws<UsageException>(() => Create("mlp", [20], 1));
        Assert.Throws<UsageException>(() => Create("mlp", [20], 3, "hidden", "12,x"));
        Assert.Throws<UsageException>(() => Create("mlp", [20], 3, "dropout", "1"));
        Assert.Throws<UsageException>(() => Create("lenet5", [1, 28, 28], 10, "hidden", "3"));
    }

    [Fact]
    public void EveryModelIsDescribed() => Assert.All(ModelCatalog.Names, name => Assert.NotEmpty(ModelCatalog.Describe(name)));
}
