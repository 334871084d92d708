using System.Globalization;
using Lethe.Torch;
using static Lethe.Torch.torch;

namespace Lethe.Training.Models;

/// <summary>MobileNetV2's block: widen by a 1×1 convolution, convolve each channel alone, narrow without activation.</summary>
internal sealed class InvertedResidual : nn.Module<Tensor, Tensor>, IScripted
{
    private readonly bool hasShortcut;
    private readonly int units;
    private readonly nn.Module<Tensor, Tensor> conv;

    public InvertedResidual(long input, long output, long stride, long expansion, Generator generator)
        : base(nameof(InvertedResidual))
    {
        hasShortcut = stride == 1 && input == output;
        var width = input * expansion;
        var links = new List<nn.Module<Tensor, Tensor>>();
        if (expansion != 1)
        {
            links.Add(new ConvolutionUnit(input, width, kernel: 1, stride: 1, groups: 1, generator));
        }
        links.Add(new ConvolutionUnit(width, width, kernel: 3, stride, groups: width, generator));
        units = links.Count;
        links.Add(KaimingConvolution.Create(width, output, 1, stride: 1, padding: 0, generator));
        links.Add(nn.BatchNorm2d(output));
        conv = nn.Sequential([.. links]);
        RegisterComponents();
    }

    public string Script => ScriptText.Forward(
    [
        "input = x",
        .. Enumerable.Range(0, units).Select(i => $"x = {Link(i)}.forward(x)"),
        "x = " + ScriptText.Conv2d(Link(units), 1, 0, bias: false),
        "x = " + ScriptText.BatchNorm(Link(units + 1)),
        hasShortcut ? "return input + x" : "return x",
    ]);

    public override Tensor forward(Tensor input)
    {
        var x = conv.call(input);
        if (!hasShortcut)
        {
            return x;
        }
        using (x)
        {
            return input + x;
        }
    }

    private static string Link(int position) => $"getattr(self.conv, \"{position.ToString(CultureInfo.InvariantCulture)}\")";
}
