using Lethe.Torch;
using static Lethe.Torch.torch;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Training.Models;

/// <summary>MobileNetV2 (Sandler et al., 2018) with torchvision's names, without its dropout unless asked for.</summary>
/// <remarks>The CIFAR form has stride 1 instead of 2 in the first convolution and in the stage of 24 channels.</remarks>
internal sealed class MobileNetV2 : nn.Module<Tensor, Tensor>, IUsesDropout, IScripted
{
    private const long StemWidth = 32;
    private const long LastWidth = 1280;
    private const double HeadDeviation = 0.01;

    // Expansion, output channels, blocks, stride of the first block; table 2 of the paper.
    private static readonly (long Expansion, long Output, int Blocks, long Stride)[] Stages =
    [
        (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1),
    ];

    private readonly nn.Module<Tensor, Tensor> features;
    private readonly nn.Module<Tensor, Tensor> classifier;
    private DropoutMasks? dropoutMasks;

    public MobileNetV2(ModelSpec spec, bool imageNetStrides, Generator generator)
        : base(nameof(MobileNetV2))
    {
        var options = new ModelOptions(spec, "dropout");
        DropoutProbability = options.Probability("dropout");
        var channels = ImageShape.Of(spec, smallest: 1).Channels;
        var links = new List<nn.Module<Tensor, Tensor>>
        {
            new ConvolutionUnit(channels, StemWidth, kernel: 3, stride: imageNetStrides ? 2 : 1, groups: 1, generator),
        };
        var width = StemWidth;
        foreach (var (expansion, output, blocks, first) in Stages)
        {
            var stride = output == 24 && !imageNetStrides ? 1 : first;
            for (var i = 0; i < blocks; i++)
            {
                links.Add(new InvertedResidual(width, output, i == 0 ? stride : 1, expansion, generator));
                width = output;
            }
        }
        links.Add(new ConvolutionUnit(width, LastWidth, kernel: 1, stride: 1, groups: 1, generator));
        features = nn.Sequential([.. links]);
        var head = nn.Linear(LastWidth, spec.Classes, generator);
        nn.init.normal_(head.weight, generator, 0, HeadDeviation);
        nn.init.zeros_(head.bias!);
        classifier = nn.Sequential(("1", head));
        RegisterComponents();
    }

    public double DropoutProbability { get; }

    public string Script => ScriptText.Forward(
        "x = self.features.forward(x)",
        ScriptText.GlobalAverage,
        "return " + ScriptText.Linear("getattr(self.classifier, \"1\")"));

    public void SetDropoutMasks(DropoutMasks? masks) => dropoutMasks = masks;

    public override Tensor forward(Tensor input)
    {
        using var convolved = features.call(input);
        using var average = F.adaptive_avg_pool2d(convolved, 1);
        using var flat = average.flatten(1);
        if (!training || DropoutProbability == 0)
        {
            return classifier.call(flat);
        }
        var masks = dropoutMasks ?? throw new InvalidOperationException("Training with dropout needs masks.");
        using var dropped = masks.Apply(flat, DropoutProbability);
        return classifier.call(dropped);
    }
}
