using Lethe.Core.Errors;

namespace Lethe.Training.Models;

/// <summary>Channels, height and width of a sample that a convolution net takes.</summary>
internal readonly record struct ImageShape(long Channels, long Height, long Width)
{
    public static ImageShape Of(ModelSpec spec, long smallest)
    {
        var shape = spec.InputShape;
        if (shape.Count != 3)
        {
            throw new UsageException(
                $"Model '{spec.Name}' takes images (channels, height, width), the samples have shape ({string.Join(", ", shape)}); "
                + "choose mlp.");
        }
        if (shape[1] < smallest || shape[2] < smallest)
        {
            throw new UsageException(
                $"Model '{spec.Name}' needs images of at least {smallest}×{smallest}, the samples are {shape[1]}×{shape[2]}; choose mlp.");
        }
        return new ImageShape(shape[0], shape[1], shape[2]);
    }
}
