using System.Runtime.InteropServices;
using Lethe.Torch;
using Lethe.Training.Datasets;

namespace Lethe.Methods.Aru;

/// <summary>
/// What the un-normalised inputs are to a model that takes normalised ones. Of images, pixels lie in [0, 1] and a distance of 1 is a whole
/// range. Features have no range, and a distance of 1 is one deviation: nothing is clipped.
/// </summary>
internal sealed class InputSpace : IDisposable
{
    private readonly Tensor _unit;
    private readonly Tensor? _black, _white;

    public InputSpace(Normalization normalization, IReadOnlyList<long> sampleShape, Device device)
    {
        var images = sampleShape.Count == 3;
        _unit = Constant(images ? [.. normalization.Std.Select(std => 1 / std)] : [1f], images, device);
        if (!images) return;
        _black = Constant([.. normalization.Mean.Zip(normalization.Std, (mean, std) => -mean / std)], images, device);
        _white = Constant([.. normalization.Mean.Zip(normalization.Std, (mean, std) => (1 - mean) / std)], images, device);
    }

    /// <summary>A step of a size in un-normalised units along a direction (n, …).</summary>
    public Tensor Step(Tensor direction, double size) => direction * (_unit * size);

    /// <summary>Brings (n, …) to within <paramref name="radius"/> of <paramref name="around"/> (largest norm) and, for images, into [0, 1].</summary>
    public Tensor Project(Tensor candidate, Tensor around, double radius)
    {
        var (low, high) = (around - _unit * radius, around + _unit * radius);
        if (_black is not null) low = low.maximum(_black.minimum(around));
        if (_white is not null) high = high.minimum(_white.maximum(around));
        return candidate.maximum(low).minimum(high);
    }

    /// <summary>A difference of two inputs as an input of its own: an image as dark as the noise is weak.</summary>
    public Tensor Alone(Tensor noise) => _black is null ? noise : noise + _black;

    public void Dispose()
    {
        _unit.Dispose();
        _black?.Dispose();
        _white?.Dispose();
    }

    private static Tensor Constant(float[] values, bool images, Device device)
    {
        long[] shape = images ? [1, values.Length, 1, 1] : [1, values.Length];
        using var constant = torch.frombuffer(MemoryMarshal.AsBytes(values.AsSpan()), ScalarType.Float32, shape);
        return constant.to(device, copy: true);
    }
}
