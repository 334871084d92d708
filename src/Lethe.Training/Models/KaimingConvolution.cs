using Lethe.Torch;
using static Lethe.Torch.torch;

namespace Lethe.Training.Models;

/// <summary>Convolutions with torchvision's initialisation: normal by fan-out for a following ReLU (He et al., 2015), bias 0.</summary>
internal static class KaimingConvolution
{
    public static nn.Module<Tensor, Tensor> Create(
        long input, long output, long kernel, long stride, long padding, Generator generator, long groups = 1, bool bias = false)
    {
        var convolution = nn.Conv2d(
            input, output, kernel, stride: stride, padding: padding, groups: groups, bias: bias, generator: generator);
        nn.init.normal_(convolution.weight, generator, 0, Math.Sqrt(2.0 / (output / groups * kernel * kernel)));
        if (convolution.bias is not null)
        {
            nn.init.zeros_(convolution.bias);
        }
        return convolution;
    }
}
