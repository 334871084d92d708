using static Lethe.Torch.torch.nn;

namespace Lethe.Torch.Tests.Golden;

public sealed class LayerGoldenTests : IDisposable
{
    private static readonly GoldenFile Golden = new("layers.safetensors");
    private readonly Generator _generator = new(1);

    public static TheoryData<string> Cases => [.. Golden.Names("").Select(name => name.Split('/')[0]).Distinct()];

    private static Dictionary<string, Func<Generator, Module>> Layers => new(StringComparer.Ordinal)
    {
        ["linear"] = g => Linear(4, 3, g),
        ["linear_without_bias"] = g => Linear(4, 3, g, hasBias: false),
        ["conv2d"] = g => Conv2d(3, 4, 3, g, stride: 2, padding: 1),
        ["conv2d_groups"] = g => Conv2d(4, 6, (3, 2), g, dilation: (1, 2), groups: 2, bias: false),
        ["batch_norm1d"] = _ => BatchNorm1d(3),
        ["batch_norm1d_sequence"] = _ => BatchNorm1d(3),
        ["batch_norm2d"] = _ => BatchNorm2d(3, momentum: 0.3),
        ["batch_norm2d_cumulative"] = _ => BatchNorm2d(3, momentum: null),
        ["batch_norm2d_untracked"] = _ => BatchNorm2d(3, affine: false, track_running_stats: false),
        ["layer_norm"] = _ => LayerNorm(4),
        ["layer_norm_two"] = _ => LayerNorm([3, 4], eps: 1e-3),
        ["max_pool2d"] = _ => MaxPool2d(3, stride: 2, padding: 1, ceil_mode: true),
        ["avg_pool2d"] = _ => AvgPool2d(3, stride: 2, padding: 1),
        ["adaptive_avg_pool2d"] = _ => AdaptiveAvgPool2d(2),
        ["relu"] = _ => ReLU(),
        ["relu6"] = _ => ReLU6(),
        ["gelu"] = _ => GELU(),
        ["tanh"] = _ => Tanh(),
        ["sigmoid"] = _ => Sigmoid(),
        ["flatten"] = _ => Flatten(),
        ["identity"] = _ => Identity(),
        ["sequential"] = g => Sequential(Linear(4, 5, g), ReLU(), Linear(5, 2, g)),
        ["multihead_attention"] = g => MultiheadAttention(6, 2, g),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void LayerIsThatOfPyTorch(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Layers[name](_generator);
        var values = Golden.Names($"{name}/param/").ToDictionary(entry => entry, entry => Golden[$"{name}/param/{entry}"]);
        var (missing, unexpected) = layer.load_state_dict(values, strict: false);
        Assert.Equal(layer.named_buffers().Select(entry => entry.name), missing);
        Assert.Empty(unexpected);
        var inputs = Golden.Series($"{name}/in");
        foreach (var input in inputs)
            input.requires_grad_();

        _ = Forward(layer, inputs); // a step ahead, so that running averages hold two batches
        var result = Forward(layer, inputs);
        TensorAssert.Close(Golden[$"{name}/out"], result, name);

        (result * Golden[$"{name}/cot"]).sum().backward();
        for (var i = 0; i < inputs.Length; i++)
            TensorAssert.Close(Golden[$"{name}/grad/in/{i}"], inputs[i].grad, $"{name}, gradient of input {i}");
        foreach (var (entry, parameter) in layer.named_parameters())
            TensorAssert.Close(Golden[$"{name}/grad/param/{entry}"], parameter.grad, $"{name}, gradient of {entry}");
        foreach (var (entry, buffer) in layer.named_buffers())
            TensorAssert.Close(Golden[$"{name}/buffer/{entry}"], buffer, $"{name}, {entry}");

        layer.eval();
        using var noGrad = torch.no_grad();
        TensorAssert.Close(Golden[$"{name}/eval"], Forward(layer, inputs), $"{name} in evaluation mode");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void GradientsAreFiniteDifferences(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Layers[name](_generator).to(torch.float64);
        foreach (var parameter in layer.parameters())
            init.normal_(parameter, _generator, 0, 0.5);
        var inputs = Golden.Series($"{name}/in").Select(input => input.to(torch.float64).requires_grad_()).ToArray();
        var cotangent = Golden[$"{name}/cot"].to(torch.float64);
        Tensor[] leaves = [.. inputs, .. layer.parameters()];

        (Forward(layer, inputs) * cotangent).sum().backward();

        foreach (var leaf in leaves)
        {
            using var direction = torch.randn(leaf.shape, generator: _generator, dtype: torch.float64);
            const double step = 1e-6;
            using var noGrad = torch.no_grad();
            leaf.add_(direction, alpha: step);
            var above = (Forward(layer, inputs) * cotangent).sum().ToDouble();
            leaf.add_(direction, alpha: -2 * step);
            var below = (Forward(layer, inputs) * cotangent).sum().ToDouble();
            leaf.add_(direction, alpha: step);
            var slope = (leaf.grad! * direction).sum().ToDouble();
            Assert.Equal(slope, (above - below) / (2 * step), 1e-6 * (1 + Math.Abs(slope)));
        }
    }

    private static Tensor Forward(Module layer, Tensor[] inputs) => layer switch
    {
        Module<Tensor, Tensor> one => one.call(inputs[0]),
        Module<Tensor, Tensor, Tensor, Tensor> three => three.call(inputs[0], inputs[1], inputs[2]),
        _ => throw new InvalidOperationException($"{layer.Name} has no known form."),
    };

    public void Dispose() => _generator.Dispose();
}
