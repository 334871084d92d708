using Lethe.Torch;
using static Lethe.Torch.torch;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Training.Models;

/// <summary>A residual block of a 1×1, a 3×3 and a 1×1 convolution; as in torchvision, the 3×3 convolution has the stride.</summary>
internal sealed class BottleneckBlock : nn.Module<Tensor, Tensor>, IScripted
{
    /// <summary>Output channels for one channel of the 3×3 convolution.</summary>
    public const long Expansion = 4;

    private readonly long stride;
    private readonly nn.Module<Tensor, Tensor> conv1;
    private readonly nn.Module<Tensor, Tensor> bn1;
    private readonly nn.Module<Tensor, Tensor> conv2;
    private readonly nn.Module<Tensor, Tensor> bn2;
    private readonly nn.Module<Tensor, Tensor> conv3;
    private readonly nn.Module<Tensor, Tensor> bn3;
    private readonly nn.Module<Tensor, Tensor>? downsample;

    public BottleneckBlock(long input, long output, long stride, Generator generator)
        : base(nameof(BottleneckBlock))
    {
        this.stride = stride;
        var width = output / Expansion;
        conv1 = KaimingConvolution.Create(input, width, 1, stride: 1, padding: 0, generator);
        bn1 = nn.BatchNorm2d(width);
        conv2 = KaimingConvolution.Create(width, width, 3, stride, padding: 1, generator);
        bn2 = nn.BatchNorm2d(width);
        conv3 = KaimingConvolution.Create(width, output, 1, stride: 1, padding: 0, generator);
        bn3 = nn.BatchNorm2d(output);
        downsample = ResidualShortcut.Create(input, output, stride, generator);
        RegisterComponents();
    }

    public string Script => ScriptText.Forward(
    [
        "input = x",
        "x = " + ScriptText.Conv2d("self.conv1", 1, 0, bias: false),
        "x = " + ScriptText.BatchNorm("self.bn1"),
        ScriptText.Relu,
        "x = " + ScriptText.Conv2d("self.conv2", stride, 1, bias: false),
        "x = " + ScriptText.BatchNorm("self.bn2"),
        ScriptText.Relu,
        "x = " + ScriptText.Conv2d("self.conv3", 1, 0, bias: false),
        "residual = " + ScriptText.BatchNorm("self.bn3"),
        "x = input",
        .. ResidualShortcut.Script(downsample, stride),
        "return torch.relu(residual + x)",
    ]);

    public override Tensor forward(Tensor input)
    {
        using var conv1Out = conv1.call(input);
        using var bn1Out = bn1.call(conv1Out);
        using var relu1 = F.relu(bn1Out);
        using var conv2Out = conv2.call(relu1);
        using var bn2Out = bn2.call(conv2Out);
        using var relu2 = F.relu(bn2Out);
        using var conv3Out = conv3.call(relu2);
        using var bn3Out = bn3.call(conv3Out);
        using var shortcut = downsample?.call(input);
        using var sum = bn3Out + (shortcut ?? input);
        return F.relu(sum);
    }
}
