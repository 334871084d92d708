using Lethe.Methods.Options;
using Lethe.Torch;
using Lethe.Torch.Modules;

namespace Lethe.Methods.Resetting;

/// <summary>What a slice is. Rows (neurons) and attention heads are this project's extension to models without convolutions.</summary>
internal enum SliceKind
{
    /// <summary>One kernel of a convolution (output channel × input channel); a row of a linear layer; a head of attention.</summary>
    Kernel,

    /// <summary>All kernels of an output channel; a row of a linear layer; a head of attention.</summary>
    Filter,

    /// <summary>A single weight.</summary>
    Weight,
}

/// <summary>Which layers have slices to reset.</summary>
internal enum LayerKind
{
    /// <summary>Convolutions, linear layers and attention.</summary>
    All,

    /// <summary>Convolutions.</summary>
    Convolutions,

    /// <summary>Linear layers and attention.</summary>
    Linear,
}

/// <summary>Finds the weights of a model that are reset in slices. Biases, normalisation, embeddings, frozen weights and the classifier never are.</summary>
internal static class ResetLayers
{
    /// <summary>The option of the methods that reset: which layers.</summary>
    public static readonly MethodOption Option = MethodOption.Word(
        "layers", "Which layers; the nets of the sources have convolutions only. Patch embeddings and the classifier stay.", "all", "convolutions", "linear");

    private const int LinearDimensions = 2, ConvolutionDimensions = 4;

    /// <param name="module">The model; its last weight is taken for the classifier.</param>
    /// <param name="layers">Which layers.</param>
    /// <param name="slice">What a slice is.</param>
    /// <param name="namePart">Only weights whose name contains this; null: all.</param>
    /// <param name="shortcuts">With the 1×1 convolutions of residual shortcuts.</param>
    public static IReadOnlyList<ResetLayer> Of(
        torch.nn.Module module, LayerKind layers, SliceKind slice, string? namePart = null, bool shortcuts = false)
    {
        var heads = module.named_modules()
            .Where(entry => entry.module is MultiheadAttention)
            .ToDictionary(entry => $"{entry.name}.in_proj_weight", entry => ((MultiheadAttention)entry.module).num_heads);
        var weights = module.named_parameters()
            .Where(entry => entry.parameter.dim() is LinearDimensions or ConvolutionDimensions)
            .SkipLast(1);
        return
        [
            .. weights
                .Where(entry => layers == LayerKind.All || IsConvolution(entry.parameter) == (layers == LayerKind.Convolutions))
                .Where(entry => entry.parameter.requires_grad && !IsEmbedding(entry.name))
                .Where(entry => shortcuts || !IsShortcut(entry.name, entry.parameter))
                .Where(entry => namePart is null || entry.name.Contains(namePart, StringComparison.Ordinal))
                .Select(entry => Layer(entry.name, entry.parameter, slice, heads.GetValueOrDefault(entry.name, 1))),
        ];
    }

    private static ResetLayer Layer(string name, Tensor weight, SliceKind slice, long heads)
    {
        var shape = weight.shape;
        return slice == SliceKind.Weight ? new ResetLayer(name, weight, shape, [])
            : heads > 1 ? new ResetLayer(name, weight, [3, heads, shape[0] / 3 / heads, shape[1]], [0, 2, 3])
            : !IsConvolution(weight) ? new ResetLayer(name, weight, shape, [1])
            : new ResetLayer(name, weight, shape, slice == SliceKind.Filter ? [1, 2, 3] : [2, 3]);
    }

    private static bool IsConvolution(Tensor weight) => weight.dim() == ConvolutionDimensions;

    /// <summary>Whether a weight cuts an image into patches, by the names of torchvision and timm.</summary>
    private static bool IsEmbedding(string name) =>
        name.Contains("conv_proj", StringComparison.Ordinal) || name.Contains("patch_embed", StringComparison.Ordinal);

    private static bool IsShortcut(string name, Tensor weight) =>
        IsConvolution(weight) && weight.shape is [_, _, 1, 1]
        && (name.Contains("downsample", StringComparison.Ordinal) || name.Contains("shortcut", StringComparison.Ordinal));
}
