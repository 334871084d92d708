using Lethe.Core.Errors;

namespace Lethe.Training.Models;

/// <summary>The numbers that tell one vision transformer from another.</summary>
/// <param name="Patch">Side of a patch in pixels; it divides height and width of the images.</param>
/// <param name="Depth">Number of encoder layers.</param>
/// <param name="Width">Size of a token; a multiple of <paramref name="Heads"/>.</param>
/// <param name="Heads">Number of attention heads of a layer.</param>
internal sealed record VisionTransformerForm(long Patch, long Depth, long Width, long Heads)
{
    public static VisionTransformerForm Tiny { get; } = new(Patch: 4, Depth: 12, Width: 192, Heads: 3);

    public static VisionTransformerForm Small { get; } = new(Patch: 4, Depth: 12, Width: 384, Heads: 6);

    /// <summary>Hidden size of a layer's perceptron.</summary>
    public long Hidden => 4 * Width;

    /// <summary>Applies the options patch, depth, dim and heads.</summary>
    /// <exception cref="UsageException">An option is unknown or no size, or the heads do not divide the width.</exception>
    public VisionTransformerForm With(ModelSpec spec)
    {
        var options = new ModelOptions(spec, "patch", "depth", "dim", "heads");
        var form = new VisionTransformerForm(
            options.Size("patch", Patch), options.Size("depth", Depth), options.Size("dim", Width), options.Size("heads", Heads));
        return form.Width % form.Heads == 0
            ? form
            : throw new UsageException(
                $"Model '{spec.Name}': a width of {form.Width} cannot be split into {form.Heads} heads; "
                + "give --model-option dim=N as a multiple of heads=N.");
    }

    /// <summary>Number of patches of an image.</summary>
    /// <exception cref="UsageException">The patch does not divide height and width.</exception>
    public long PatchesOf(ModelSpec spec, ImageShape image) => image.Height % Patch == 0 && image.Width % Patch == 0
        ? image.Height / Patch * (image.Width / Patch)
        : throw new UsageException(
            $"Model '{spec.Name}' cuts images into patches of {Patch}×{Patch}, the samples are {image.Height}×{image.Width}; "
            + "give a patch that divides both, such as --model-option patch=7 for 28×28, or choose another model.");
}
