using Lethe.Methods.Editing;
using Lethe.Torch;
using static Lethe.Torch.torch.nn;

namespace Lethe.Methods.Resetting;

/// <summary>What reset weights become.</summary>
internal enum InitializerKind
{
    /// <summary>Drawn from N(0, 2 / fan-out), as torchvision initialises convolutions before a ReLU (He et al. 2015).</summary>
    Kaiming,

    /// <summary>0.</summary>
    Zeros,

    /// <summary>What a new model of the same architecture starts from, drawn by another seed.</summary>
    Model,
}

/// <summary>Resets slices of weights.</summary>
internal sealed class Initializer(Edit edit, InitializerKind kind)
{
    private const ulong DrawPurpose = 0x494E4954;

    private readonly Generator _generator = edit.Generator(DrawPurpose);
    private readonly Dictionary<string, Tensor> _fresh = kind == InitializerKind.Model ? edit.Fresh(DrawPurpose).named_parameters().ToDictionary() : [];

    /// <summary>Resets the flagged slices; every other weight keeps its bits.</summary>
    public void Reset(ResetLayer layer, IReadOnlyList<bool> flags)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        layer.Weight.copy_(torch.where(layer.Spread(flags), Values(layer), layer.Weight));
    }

    private Tensor Values(ResetLayer layer) => kind switch
    {
        InitializerKind.Zeros => torch.zeros_like(layer.Weight),
        InitializerKind.Model => _fresh[layer.Name],
        _ => init.kaiming_normal_(torch.empty_like(layer.Weight), _generator, 0, init.FanInOut.FanOut, init.NonlinearityType.ReLU),
    };
}
