using Lethe.Methods.Parameters;
using Lethe.Torch;
using Lethe.Training.Models;

namespace Lethe.Methods.Tests.Parameters;

public sealed class ParameterLayerTests
{
    [Theory]
    [InlineData("mlp", 3, "fc1", "fc2", "fc3")]
    [InlineData("lenet5", 5, "fc1", "fc2", "fc3")]
    [InlineData("allcnn", 9, "conv7", "conv8", "conv9")]
    [InlineData("resnet20", 22, "layer3.2.conv1", "layer3.2.conv2", "fc")]
    [InlineData("resnet18", 21, "layer4.1.conv1", "layer4.1.conv2", "fc")]
    [InlineData("vgg16-bn", 14, "features.37", "features.40", "classifier.0")]
    [InlineData("mobilenetv2", 53, "features.17.conv.2", "features.18.0", "classifier.1")]
    [InlineData("vit-tiny", 52, "encoder.layers.encoder_layer_11.mlp.0", "encoder.layers.encoder_layer_11.mlp.3", "heads.head")]
    public void LayersComeInTheOrderOfThePassWithTheirNormalisation(string model, int count, params string[] last)
    {
        using var module = Create(model);
        var layers = ParameterLayer.Of(module);
        Assert.Equal(count, layers.Count);
        Assert.Equal(last, layers.TakeLast(3).Select(layer => layer.Name));
        Assert.Equal(model == "mlp" ? 32 * 32 : 1, layers[0].Parameters.First().shape[1]);
        Assert.Equal(10, layers[^1].Parameters.First().shape[0]);
        Assert.Equal(module.parameters().Sum(p => p.numel()), layers.SelectMany(layer => layer.Parameters).Sum(p => p.numel()));
        Assert.Equal(module.buffers().Count(), layers.SelectMany(layer => layer.Buffers).Count());
    }

    [Fact]
    public void AnImportedScriptHasTheSameLayers()
    {
        using var module = Create("resnet20");
        using var script = ModelExport.ToScript(module);
        Assert.Equal(ParameterLayer.Of(module).Select(layer => layer.Name), ParameterLayer.Of(script).Select(layer => layer.Name));
    }

    [Fact]
    public void DrawnAnewTheyAreAsPyTorchStartsThem()
    {
        using var module = Create("allcnn");
        foreach (var parameter in module.parameters()) torch.nn.init.constant_(parameter, 5);
        foreach (var buffer in module.buffers()) torch.nn.init.constant_(buffer, 5);
        using var generator = new Generator(1);
        foreach (var layer in ParameterLayer.Of(module)) layer.Reinitialise(generator);
        using var scope = torch.NewDisposeScope();
        var state = module.state_dict();
        var bound = 1 / Math.Sqrt(96 * 9);
        var weight = state["conv2.weight"].data<float>();
        Assert.All(weight, value => Assert.InRange(value, -bound, bound));
        Assert.Equal(bound / Math.Sqrt(3), Math.Sqrt(weight.Average(value => (double)value * value)), 0.02 * bound);
        Assert.All(state["conv9.bias"].data<float>(), value => Assert.InRange(value, -1 / Math.Sqrt(192), 1 / Math.Sqrt(192)));
        Assert.All(state["bn2.weight"].data<float>(), value => Assert.Equal(1, value));
        Assert.All(state["bn2.bias"].data<float>(), value => Assert.Equal(0, value));
        Assert.All(state["bn2.running_mean"].data<float>(), value => Assert.Equal(0, value));
        Assert.All(state["bn2.running_var"].data<float>(), value => Assert.Equal(1, value));
        Assert.Equal(0, state["bn2.num_batches_tracked"].item<long>());
    }

    private static torch.nn.Module<Tensor, Tensor> Create(string model)
    {
        using var generator = new Generator(1);
        return ModelCatalog.Create(new ModelSpec(model, [1, 32, 32], 10, new Dictionary<string, string>()), generator);
    }
}
