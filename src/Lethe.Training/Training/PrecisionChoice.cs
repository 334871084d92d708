using Lethe.Torch;
using Lethe.Training.Models;

namespace Lethe.Training.Training;

/// <summary>Decides what <see cref="Precision.Auto"/> means on this machine.</summary>
public static class PrecisionChoice
{
    /// <summary>Gives the precision to train with: bfloat16 for convolution-heavy models where products of bfloat16 are fast.</summary>
    /// <param name="wanted">What the user asked for; anything but <see cref="Precision.Auto"/> is kept.</param>
    /// <param name="model">A name of <see cref="ModelCatalog.Names"/>.</param>
    /// <param name="device"><c>cpu</c> or <c>cuda</c>.</param>
    public static Precision Resolve(Precision wanted, string model, string device)
    {
        if (wanted != Precision.Auto)
        {
            return wanted;
        }
        var fast = device == "cuda" || torch.has_bf16_cpu;
        return fast && ModelCatalog.IsConvolutionHeavy(model) ? Precision.Bf16 : Precision.Fp32;
    }
}
