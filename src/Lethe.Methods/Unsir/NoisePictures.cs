using Lethe.Torch;
using Lethe.Training.Datasets;

namespace Lethe.Methods.Unsir;

/// <summary>Noise as pictures: brought back to pixels, and stretched to the full range, because learned noise is nearly flat.</summary>
internal static class NoisePictures
{
    /// <summary>Pictures shown of each class.</summary>
    public const int Shown = 4;

    /// <param name="name">What the pictures show.</param>
    /// <param name="noise">(B, channels, height, width) in normalised input space.</param>
    /// <param name="normalization">How inputs are normalised.</param>
    public static IEnumerable<FindingPicture> Of(string name, Tensor noise, Normalization normalization) =>
        noise.shape is [var count, 1 or 3, _, _] ? Enumerable.Range(0, (int)Math.Min(Shown, count)).Select(i => Picture(name, noise, i, normalization)) : [];

    private static FindingPicture Picture(string name, Tensor noise, int number, Normalization normalization)
    {
        using var scope = torch.NewDisposeScope();
        var shape = noise.shape;
        var values = noise.narrow(0, number, 1).contiguous().to(torch.CPU).to(ScalarType.Float32).data<float>();
        var plane = (int)(shape[2] * shape[3]);
        for (var i = 0; i < values.Length; i++)
        {
            var channel = i / plane;
            values[i] = values[i] * normalization.Std[channel % normalization.Std.Count] + normalization.Mean[channel % normalization.Mean.Count];
        }
        var (low, high) = (values.Min(), values.Max());
        return new FindingPicture(
            name, (int)shape[1], (int)shape[2], (int)shape[3],
            Array.ConvertAll(values, value => high > low ? (byte)MathF.Round((value - low) / (high - low) * 255) : (byte)128));
    }
}
