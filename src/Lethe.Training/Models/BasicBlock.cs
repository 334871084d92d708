using Lethe.Torch;
using static Lethe.Torch.torch;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Training.Models;

/// <summary>A residual block of two 3×3 convolutions, as in ResNet-18, -20 and -34.</summary>
internal sealed class BasicBlock : nn.Module<Tensor, Tensor>, IScripted
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
        conv1 = KaimingConvolution.Create(input, output, 3, stride, padding: 1, generator);
        bn1 = nn.BatchNorm2d(output);
        conv2 = KaimingConvolution.Create(output, output, 3, stride: 1, padding: 1, generator);
        bn2 = nn.BatchNorm2d(output);
        downsample = ResidualShortcut.Create(input, output, stride, generator);
        RegisterComponents();
    }

    public string Script => ScriptText.Forward(
    [
        "input = x",
        "x = " + ScriptText.Conv2d("self.conv1", stride, 1, bias: false),
        "x = " + ScriptText.BatchNorm("self.bn1"),
        ScriptText.Relu,
        "x = " + ScriptText.Conv2d("self.conv2", 1, 1, bias: false),
        "residual = " + ScriptText.BatchNorm("self.bn2"),
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
        using var shortcut = downsample?.call(input);
        using var sum = bn2Out + (shortcut ?? input);
        return F.relu(sum);
    }
}
