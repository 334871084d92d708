using System.Globalization;
using Lethe.Torch;
using static Lethe.Torch.torch;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Training.Models;

/// <summary>Residual nets (He et al., 2016) with torchvision's names; a shortcut that changes the shape is a 1×1 convolution.</summary>
internal sealed class ResNet : nn.Module<Tensor, Tensor>, IScripted
{
    private readonly nn.Module<Tensor, Tensor> conv1;
    private readonly nn.Module<Tensor, Tensor> bn1;
    private readonly List<nn.Module<Tensor, Tensor>> stages = [];
    private readonly nn.Module<Tensor, Tensor> fc;
    private readonly bool imageNetStem;

    public ResNet(ModelSpec spec, ResNetForm form, Generator generator)
        : base(nameof(ResNet))
    {
        _ = new ModelOptions(spec);
        var channels = ImageShape.Of(spec, smallest: 1).Channels;
        imageNetStem = form.ImageNetStem;
        conv1 = imageNetStem
            ? KaimingConvolution.Create(channels, form.StemWidth, 7, stride: 2, padding: 3, generator)
            : KaimingConvolution.Create(channels, form.StemWidth, 3, stride: 1, padding: 1, generator);
        bn1 = nn.BatchNorm2d(form.StemWidth);
        register_module("conv1", conv1);
        register_module("bn1", bn1);
        var width = form.StemWidth;
        for (var i = 0; i < form.Depths.Count; i++)
        {
            var output = (form.StemWidth << i) * (form.Bottleneck ? BottleneckBlock.Expansion : 1);
            stages.Add(Stage(width, output, form.Depths[i], stride: i == 0 ? 1 : 2, form.Bottleneck, generator));
            register_module(NameOf(i), stages[i]);
            width = output;
        }
        fc = nn.Linear(width, spec.Classes, generator: generator);
        RegisterComponents();
    }

    public string Script => ScriptText.Forward(
    [
        "x = " + (imageNetStem
            ? ScriptText.Conv2d("self.conv1", 2, 3, bias: false)
            : ScriptText.Conv2d("self.conv1", 1, 1, bias: false)),
        "x = " + ScriptText.BatchNorm("self.bn1"),
        ScriptText.Relu,
        .. imageNetStem ? new[] { "x = " + ScriptText.MaxPool2d(3, 2, 1) } : [],
        .. stages.Select((_, i) => $"x = self.{NameOf(i)}.forward(x)"),
        ScriptText.GlobalAverage,
        "return " + ScriptText.Linear("self.fc"),
    ]);

    public override Tensor forward(Tensor input)
    {
        var x = Stem(input);
        foreach (var stage in stages)
        {
            using var before = x;
            x = stage.call(before);
        }
        using var last = x;
        using var average = F.adaptive_avg_pool2d(last, 1);
        using var flat = average.flatten(1);
        return fc.call(flat);
    }

    private Tensor Stem(Tensor input)
    {
        using var convolved = conv1.call(input);
        using var normed = bn1.call(convolved);
        var x = F.relu(normed);
        if (!imageNetStem)
        {
            return x;
        }
        using (x)
        {
            return F.max_pool2d(x, 3, stride: 2, padding: 1);
        }
    }

    private static string NameOf(int stage) => "layer" + (stage + 1).ToString(CultureInfo.InvariantCulture);

    private static nn.Module<Tensor, Tensor> Stage(
        long input, long output, int depth, long stride, bool bottleneck, Generator generator)
    {
        var blocks = new List<nn.Module<Tensor, Tensor>>();
        for (var i = 0; i < depth; i++)
        {
            var (width, step) = i == 0 ? (input, stride) : (output, 1);
            blocks.Add(bottleneck
                ? new BottleneckBlock(width, output, step, generator)
                : new BasicBlock(width, output, step, generator));
        }
        return nn.Sequential([.. blocks]);
    }
}
