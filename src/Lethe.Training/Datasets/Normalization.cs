using System.Runtime.InteropServices;
using Lethe.Torch;

namespace Lethe.Training.Datasets;

/// <summary>
/// Brings samples to about zero mean and unit deviation: (x − mean) / std for each channel (or feature), after bytes have become
/// floats in [0, 1]. A list of one value serves all channels.
/// </summary>
/// <param name="Mean">One value a channel, in [0, 1] for images.</param>
/// <param name="Std">One positive value a channel.</param>
public sealed record Normalization(IReadOnlyList<float> Mean, IReadOnlyList<float> Std)
{
    private const int Chunk = 4096;

    /// <summary>Leaves values as they are (bytes still become floats in [0, 1]).</summary>
    public static Normalization Identity { get; } = new([0f], [1f]);

    private bool IsIdentity => Mean.All(mean => mean == 0) && Std.All(std => std == 1);

    /// <summary>
    /// Mean and standard deviation of the data, for each channel of images and each feature otherwise, rounded to 3 decimals;
    /// identity for tables (already standardised) and for features that all lie in [0, 1].
    /// </summary>
    public static Normalization FromData(TensorDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (dataset.Encoding is not null) return Identity;
        int channels = (int)dataset.Manifest.SampleShape[0];
        int plane = (int)dataset.Manifest.SampleShape.Skip(1).Aggregate(1L, (a, b) => a * b);
        var moments = new ChannelMoments(channels, plane, dataset.IsImage);
        for (int start = 0; start < dataset.Count; start += Chunk)
        {
            using Tensor part = dataset.Samples.narrow(0, start, Math.Min(Chunk, dataset.Count - start));
            moments.Add(part.bytes());
        }
        bool flat = dataset.Manifest.SampleShape.Count == 1;
        return flat && moments.InUnitRange ? Identity : moments.ToNormalization();
    }

    /// <summary>Normalises samples (n, …), Byte or Float32, on their device.</summary>
    /// <returns>A new Float32 tensor of the same shape.</returns>
    public Tensor Apply(Tensor batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using Tensor floats = batch.to(ScalarType.Float32);
        using Tensor unit = batch.dtype == ScalarType.Byte ? floats / 255 : floats.alias();
        if (IsIdentity) return unit.alias();
        long[] shape = [1, Mean.Count, .. Enumerable.Repeat(1L, Math.Max(0, (int)batch.dim() - 2))];
        using Tensor mean = Constant(Mean, shape, batch.device);
        using Tensor std = Constant(Std, shape, batch.device);
        using Tensor centred = unit - mean;
        return centred / std;
    }

    /// <summary>What a black pixel becomes, one value a channel.</summary>
    internal float[] Black(int channels)
    {
        float[] values = [.. Mean.Zip(Std, (mean, std) => -mean / std)];
        return values.Length == 1 ? [.. Enumerable.Repeat(values[0], channels)] : values;
    }

    /// <summary>Equal when the values are.</summary>
    public bool Equals(Normalization? other) => other is not null && Mean.SequenceEqual(other.Mean) && Std.SequenceEqual(other.Std);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (float value in Mean.Concat(Std)) hash.Add(value);
        return hash.ToHashCode();
    }

    private static Tensor Constant(IReadOnlyList<float> values, long[] shape, Device device)
    {
        float[] array = [.. values];
        using Tensor constant = torch.frombuffer(MemoryMarshal.AsBytes(array.AsSpan()), ScalarType.Float32, shape);
        return constant.to(device);
    }
}
