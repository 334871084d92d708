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
    [InlineData("resnet20", 3, 32, 272_474)]
    [InlineData("resnet34", 3, 32, 21_282_122)]
    [InlineData("resnet50", 3, 32, 23_520_842)]
    [InlineData("vgg16-bn", 3, 32, 14_728_266)]
    [InlineData("mobilenetv2", 3, 32, 2_236_682)]
    [InlineData("vit-tiny", 3, 32, 5_362_762)]
    [InlineData("vit-small", 3, 32, 21_342_346)]
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
    [InlineData("resnet20", 2, 9, 7)]
    [InlineData("vgg16-bn", 1, 33, 40)]
    [InlineData("mobilenetv2", 1, 28, 20)]
    [InlineData("vit-tiny", 1, 28, 20)]
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
    public void ShapesThatDoNotFitAreRefusedWithTheReason()
    {
        Assert.Contains("at least 32×32", Assert.Throws<UsageException>(() => Create("vgg16-bn", [1, 28, 28])).Message);
        Assert.Contains("patch=7", Assert.Throws<UsageException>(() => Create("vit-tiny", [3, 30, 32])).Message);
        Assert.Contains("heads", Assert.Throws<UsageException>(() => Create("vit-tiny", [3, 32, 32], option: "heads", value: "5")).Message);
        Assert.Contains("patch", Assert.Throws<UsageException>(() => Create("vit-tiny", [3, 32, 32], option: "patch", value: "0")).Message);
        Assert.Throws<UsageException>(() => Create("resnet50", [20]));
        Assert.Throws<UsageException>(() => Create("mobilenetv2", [20]));
    }

    [Fact]
    public void OptionsShapeTheVisionTransformer()
    {
        using var generator = new Generator(1);
        var options = new Dictionary<string, string> { ["patch"] = "7", ["depth"] = "2", ["dim"] = "24", ["heads"] = "4" };
        using var model = ModelCatalog.Create(new ModelSpec("vit-small", [1, 28, 28], 3, options), generator);
        var state = model.state_dict();
        Assert.Equal([1, 17, 24], state["encoder.pos_embedding"].shape);
        Assert.Equal([72, 24], state["encoder.layers.encoder_layer_1.self_attention.in_proj_weight"].shape);
        Assert.DoesNotContain("encoder.layers.encoder_layer_2.ln_1.weight", state.Keys);
    }

    [Theory]
    [InlineData("resnet20", 8)]
    [InlineData("resnet50", 8)]
    [InlineData("vgg16-bn", 32)]
    [InlineData("mobilenetv2", 8)]
    [InlineData("vit-tiny", 8)]
    public void GradientsReachEveryParameterAndStepsHelp(string name, long size)
    {
        using var scope = torch.NewDisposeScope();
        using var model = Create(name, [1, size, size], 3);
        using var generator = new Generator(2);
        var input = torch.empty([6, 1, size, size]).normal_(0, 1, generator);
        using var optimizer = torch.optim.Adam(model.parameters(), 0.001);
        var before = Loss(model, input);
        before.backward();
        Assert.All(model.named_parameters(), p => Assert.True(p.parameter.grad!.abs().sum().ToDouble() > 0, p.name));
        optimizer.step();
        for (var step = 0; step < 3; step++)
        {
            optimizer.zero_grad();
            Loss(model, input).backward();
            optimizer.step();
        }
        Assert.True(Loss(model, input).ToDouble() < before.ToDouble());
    }

    private static Tensor Loss(torch.nn.Module<Tensor, Tensor> model, Tensor input) =>
        torch.nn.functional.cross_entropy(model.forward(input), torch.tensor([0L, 1, 2, 0, 1, 2]));

    [Fact]
    public void DropoutOfMobileNetNeedsItsMasks()
    {
        using var scope = torch.NewDisposeScope();
        using var model = Create("mobilenetv2", [1, 8, 8], 3, "dropout", "0.5");
        using var masks = new DropoutMasks(3, 2, [0, 1], torch.CPU);
        var input = torch.zeros([2, 1, 8, 8]);
        Assert.Throws<InvalidOperationException>(() => model.forward(input));
        ((IUsesDropout)model).SetDropoutMasks(masks);
        Assert.Equal([2, 3], model.forward(input).shape);
    }

    [Fact]
    public void EveryModelIsDescribed() => Assert.All(ModelCatalog.Names, name => Assert.NotEmpty(ModelCatalog.Describe(name)));
}
