using Lethe.Torch;
using static Lethe.Torch.torch;

namespace Lethe.Training.Models;

/// <summary>The shortcut past a residual block: nothing where the shape stays, else a 1×1 convolution (option B of He et al., 2016).</summary>
internal static class ResidualShortcut
{
    public static nn.Module<Tensor, Tensor>? Create(long input, long output, long stride, Generator generator) =>
        stride == 1 && input == output ? null : nn.Sequential(
            ("0", KaimingConvolution.Create(input, output, 1, stride, padding: 0, generator)),
            ("1", nn.BatchNorm2d(output)));

    /// <summary>Statements that replace x by its shortcut.</summary>
    public static IEnumerable<string> Script(nn.Module<Tensor, Tensor>? shortcut, long stride) => shortcut is null
        ? []
        :
        [
            "x = " + ScriptText.Conv2d("getattr(self.downsample, \"0\")", stride, 0, bias: false),
            "x = " + ScriptText.BatchNorm("getattr(self.downsample, \"1\")"),
        ];
}
