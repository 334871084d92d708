using Lethe.Torch;
using static Lethe.Torch.torch;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Training.Models;

/// <summary>ResNet-18 (He et al., 2016) with torchvision's names; the CIFAR stem is a 3×3 convolution without max-pooling.</summary>
internal sealed class ResNet18 : nn.Module<Tensor, Tensor>, IScripted
{
    private readonly nn.Module<Tensor, Tensor> conv1;
    private readonly nn.Module<Tensor, Tensor> bn1;
    private readonly nn.Module<Tensor, Tensor> layer1;
    private readonly nn.Module<Tensor, Tensor> layer2;
    private readonly nn.Module<Tensor, Tensor> layer3;
    private readonly nn.Module<Tensor, Tensor> layer4;
    private readonly nn.Module<Tensor, Tensor> fc;

    public ResNet18(ModelSpec spec, bool imageNetStem, Generator generator)
        : base(nameof(ResNet18))
    {
        _ = new ModelOptions(spec);
        var channels = ImageShape.Of(spec, smallest: 1).Channels;
        HasImageNetStem = imageNetStem;
        conv1 = imageNetStem
            ? Convolution(channels, 64, 7, stride: 2, padding: 3, generator)
            : Convolution(channels, 64, 3, stride: 1, padding: 1, generator);
        bn1 = nn.BatchNorm2d(64);
        layer1 = Stage(64, 64, stride: 1, generator);
        layer2 = Stage(64, 128, stride: 2, generator);
        layer3 = Stage(128, 256, stride: 2, generator);
        layer4 = Stage(256, 512, stride: 2, generator);
        fc = nn.Linear(512, spec.Classes, generator: generator);
        RegisterComponents();
    }

    public bool HasImageNetStem { get; }

    public string Script => ScriptText.Forward(
        "x = " + ScriptText.Conv2d("self.conv1", HasImageNetStem ? 2 : 1, HasImageNetStem ? 3 : 1, bias: false),
        "x = " + ScriptText.BatchNorm("self.bn1"),
        ScriptText.Relu,
        HasImageNetStem ? "x = " + ScriptText.MaxPool2d(3, 2, 1) : "x = x",
        "x = self.layer4.forward(self.layer3.forward(self.layer2.forward(self.layer1.forward(x))))",
        ScriptText.GlobalAverage,
        "return " + ScriptText.Linear("self.fc"));

    public override Tensor forward(Tensor input)
    {
        using var stem = Stem(input);
        using var x1 = layer1.call(stem);
        using var x2 = layer2.call(x1);
        using var x3 = layer3.call(x2);
        using var x4 = layer4.call(x3);
        using var average = F.adaptive_avg_pool2d(x4, 1);
        using var flat = average.flatten(1);
        return fc.call(flat);
    }

    private Tensor Stem(Tensor input)
    {
        using var convolved = conv1.call(input);
        using var normed = bn1.call(convolved);
        var x = F.relu(normed);
        if (!HasImageNetStem)
        {
            return x;
        }
        using (x)
        {
            return F.max_pool2d(x, 3, stride: 2, padding: 1);
        }
    }

    // Kaiming normal by fan-out, as torchvision initialises residual networks.
    private static nn.Module<Tensor, Tensor> Convolution(
        long input, long output, long kernel, long stride, long padding, Generator generator)
    {
        var convolution = nn.Conv2d(input, output, kernel, stride: stride, padding: padding, bias: false, generator: generator);
        using (no_grad())
        {
            foreach (var weight in convolution.parameters())
            {
                weight.normal_(0, Math.Sqrt(2.0 / (output * kernel * kernel)), generator);
            }
        }
        return convolution;
    }

    private static nn.Module<Tensor, Tensor> Stage(long input, long output, long stride, Generator generator) => nn.Sequential(
        ("0", new BasicBlock(input, output, stride, generator)),
        ("1", new BasicBlock(output, output, 1, generator)));

    private sealed class BasicBlock : nn.Module<Tensor, Tensor>, IScripted
    {
        private readonly long stride;
        private readonly nn.Module<Tensor, Tensor> conv1;
        private readonly nn.Module<Tensor, Tensor> bn1;
        private readonly nn.Module<Tensor, Tensor> conv2;
        private readonly nn.Module<Tensor, Tensor> bn2;
        private readonly nn.Module<Tensor, Tensor>? downsample;

        public BasicBlock(long input, long output, long stride, Generator generator)
            : base(nameof(BasicBlock))
        {
            this.stride = stride;
            conv1 = Convolution(input, output, 3, stride, padding: 1, generator);
            bn1 = nn.BatchNorm2d(output);
            conv2 = Convolution(output, output, 3, stride: 1, padding: 1, generator);
            bn2 = nn.BatchNorm2d(output);
            downsample = stride == 1 && input == output ? null : nn.Sequential(
                ("0", Convolution(input, output, 1, stride, padding: 0, generator)),
                ("1", nn.BatchNorm2d(output)));
            RegisterComponents();
        }

        public string Script => ScriptText.Forward(
            "input = x",
            "x = " + ScriptText.Conv2d("self.conv1", stride, 1, bias: false),
            "x = " + ScriptText.BatchNorm("self.bn1"),
            ScriptText.Relu,
            "x = " + ScriptText.Conv2d("self.conv2", 1, 1, bias: false),
            "residual = " + ScriptText.BatchNorm("self.bn2"),
            "x = input",
            downsample is null ? "x = input" : "x = " + ScriptText.Conv2d("getattr(self.downsample, \"0\")", stride, 0, bias: false),
            downsample is null ? "x = input" : "x = " + ScriptText.BatchNorm("getattr(self.downsample, \"1\")"),
            "return torch.relu(residual + x)");

        public override Tensor forward(Tensor input)
        {
            using var conv1Out = conv1.call(input);
            using var bn1Out = bn1.call(conv1Out);
            using var relu1 = F.relu(bn1Out);
            using var conv2Out = conv2.call(relu1);
            using var bn2Out = bn2.call(conv2Out);
            using var shortcut = downsample?.call(input);
            using var sum = bn2Out + (shortcut ?? input);
            return F.relu(sum);
        }
    }
}
