using Lethe.Torch;
using static Lethe.Torch.torch;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Training.Models;

/// <summary>VGG-16 with batch normalisation (Simonyan and Zisserman, 2015) for small images.</summary>
/// <remarks>
/// The convolutions are torchvision's, with its names; its pooling to 7×7 and its classifier of three layers, 120 million parameters
/// for images of 224×224, give way to a global average and one linear layer, classifier.0, as is usual for CIFAR.
/// </remarks>
internal sealed class Vgg16 : nn.Module<Tensor, Tensor>, IScripted
{
    private const long SmallestImage = 32;
    private const double HeadDeviation = 0.01;

    // 0: max-pooling that halves the image.
    private static readonly long[] Widths = [64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0];

    private readonly nn.Module<Tensor, Tensor> features;
    private readonly nn.Module<Tensor, Tensor> classifier;

    public Vgg16(ModelSpec spec, Generator generator)
        : base(nameof(Vgg16))
    {
        _ = new ModelOptions(spec);
        var channels = ImageShape.Of(spec, SmallestImage).Channels;
        var layers = new List<nn.Module<Tensor, Tensor>>();
        foreach (var width in Widths)
        {
            if (width == 0)
            {
                layers.Add(nn.MaxPool2d(2));
                continue;
            }
            layers.Add(KaimingConvolution.Create(channels, width, 3, stride: 1, padding: 1, generator, bias: true));
            layers.Add(nn.BatchNorm2d(width));
            layers.Add(nn.ReLU());
            channels = width;
        }
        features = nn.Sequential([.. layers]);
        var head = nn.Linear(channels, spec.Classes, generator);
        nn.init.normal_(head.weight, generator, 0, HeadDeviation);
        nn.init.zeros_(head.bias!);
        classifier = nn.Sequential(head);
        RegisterComponents();
    }

    public string Script
    {
        get
        {
            var statements = new List<string>();
            var position = 0;
            foreach (var width in Widths)
            {
                statements.AddRange(width == 0 ? ["x = " + ScriptText.MaxPool2d(2, 2, 0)] : ScriptOf(position));
                position += width == 0 ? 1 : 3;
            }
            return ScriptText.Forward([
                .. statements, ScriptText.GlobalAverage, "return " + ScriptText.Linear("getattr(self.classifier, \"0\")")]);
        }
    }

    public override Tensor forward(Tensor input)
    {
        using var convolved = features.call(input);
        using var average = F.adaptive_avg_pool2d(convolved, 1);
        using var flat = average.flatten(1);
        return classifier.call(flat);
    }

    private static string[] ScriptOf(int position) =>
    [
        "x = " + ScriptText.Conv2d($"getattr(self.features, \"{position}\")", 1, 1, bias: true),
        "x = " + ScriptText.BatchNorm($"getattr(self.features, \"{position + 1}\")"),
        ScriptText.Relu,
    ];
}
