using System.Globalization;
using Lethe.Torch;
using static Lethe.Torch.torch;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Training.Models;

/// <summary>All-CNN-C of Springenberg et al. (2015), table 1, with batch normalisation in place of dropout.</summary>
/// <remarks>The last 1×1 convolution has no ReLU: its spatial mean is the logit.</remarks>
internal sealed class AllCnn : nn.Module<Tensor, Tensor>, IScripted
{
    private const long SmallestImage = 9;

    // Output channels (0: the classes), kernel, stride, padding.
    private static readonly (long Channels, long Kernel, long Stride, long Padding)[] Layers =
    [
        (96, 3, 1, 1), (96, 3, 1, 1), (96, 3, 2, 1),
        (192, 3, 1, 1), (192, 3, 1, 1), (192, 3, 2, 1),
        (192, 3, 1, 0), (192, 1, 1, 0), (0, 1, 1, 0),
    ];

    private readonly List<nn.Module<Tensor, Tensor>> convolutions = [];
    private readonly List<nn.Module<Tensor, Tensor>> norms = [];

    public AllCnn(ModelSpec spec, Generator generator)
        : base(nameof(AllCnn))
    {
        _ = new ModelOptions(spec);
        var channels = ImageShape.Of(spec, SmallestImage).Channels;
        foreach (var (width, kernel, stride, padding) in Layers)
        {
            var last = width == 0;
            var output = last ? spec.Classes : width;
            var number = (convolutions.Count + 1).ToString(CultureInfo.InvariantCulture);
            var convolution = nn.Conv2d(channels, output, kernel, stride: stride, padding: padding, bias: last, generator: generator);
            convolutions.Add(convolution);
            register_module("conv" + number, convolution);
            if (!last)
            {
                var norm = nn.BatchNorm2d(output);
                norms.Add(norm);
                register_module("bn" + number, norm);
            }
            channels = output;
        }
    }

    public string Script => ScriptText.Forward(
        Layers.SelectMany((layer, i) => ScriptOf(layer.Stride, layer.Padding, i + 1, last: layer.Channels == 0)).Append("return x"));

    public override Tensor forward(Tensor input)
    {
        var x = input.alias();
        for (var i = 0; i < norms.Count; i++)
        {
            using var before = x;
            x = Layer(i, before);
        }
        using var last = x;
        using var classes = convolutions[^1].call(last);
        using var average = F.adaptive_avg_pool2d(classes, 1);
        return average.flatten(1);
    }

    private Tensor Layer(int number, Tensor x)
    {
        using var convolved = convolutions[number].call(x);
        using var normed = norms[number].call(convolved);
        return F.relu(normed);
    }

    private static string[] ScriptOf(long stride, long padding, int number, bool last)
    {
        var convolution = $"x = {ScriptText.Conv2d($"self.conv{number}", stride, padding, bias: last)}";
        return last
            ? [convolution, ScriptText.GlobalAverage]
            : [convolution, $"x = {ScriptText.BatchNorm($"self.bn{number}")}", ScriptText.Relu];
    }
}
