using Lethe.Torch;
using static Lethe.Torch.torch;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Training.Models;

/// <summary>Convolution without bias, batch normalisation, ReLU6; children are named 0 and 1 as in torchvision.</summary>
internal sealed class ConvolutionUnit : nn.Module<Tensor, Tensor>, IScripted
{
    private readonly long kernel;
    private readonly long stride;
    private readonly long groups;
    private readonly nn.Module<Tensor, Tensor> convolution;
    private readonly nn.Module<Tensor, Tensor> norm;

    public ConvolutionUnit(long input, long output, long kernel, long stride, long groups, Generator generator)
        : base(nameof(ConvolutionUnit))
    {
        this.kernel = kernel;
        this.stride = stride;
        this.groups = groups;
        convolution = KaimingConvolution.Create(input, output, kernel, stride, kernel / 2, generator, groups);
        norm = nn.BatchNorm2d(output);
        register_module("0", convolution);
        register_module("1", norm);
    }

    public string Script => ScriptText.Forward(
        "x = " + ScriptText.Conv2d("getattr(self, \"0\")", stride, kernel / 2, bias: false, groups),
        "x = " + ScriptText.BatchNorm("getattr(self, \"1\")"),
        "return torch.clamp(x, 0, 6)");

    public override Tensor forward(Tensor input)
    {
        using var convolved = convolution.call(input);
        using var normed = norm.call(convolved);
        return F.relu6(normed);
    }
}
