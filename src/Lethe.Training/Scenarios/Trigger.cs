using System.Runtime.InteropServices;
using Lethe.Core.Errors;
using Lethe.Core.Numerics;

namespace Lethe.Training.Scenarios;

/// <summary>A backdoor's secret mark: some positions of the picture, in every channel, set to a constant.</summary>
/// <param name="Name">The kind of mark.</param>
/// <param name="Positions">Offsets row × width + column in the picture, or feature numbers.</param>
/// <param name="Value">The constant, 0 to 1 (1 is white, or a feature that is set).</param>
public sealed record Trigger(string Name, IReadOnlyList<int> Positions, float Value)
{
    /// <summary>Stream of the counter-based generator that draws positions.</summary>
    private const ulong PositionStream = 0x7472696767657221;

    /// <summary>A square patch in the lower right corner.</summary>
    /// <param name="sampleShape">The shape of a picture (C, H, W).</param>
    /// <param name="size">Pixels a side, at most the picture's.</param>
    /// <param name="value">The constant, 0 to 1.</param>
    /// <exception cref="UsageException">The samples are no pictures, or smaller than the patch.</exception>
    public static Trigger Corner(IReadOnlyList<long> sampleShape, int size = 3, float value = 1)
    {
        ArgumentNullException.ThrowIfNull(sampleShape);
        if (sampleShape.Count != 3 || size < 1 || size > sampleShape[1] || size > sampleShape[2])
            throw new UsageException($"A corner patch of {size}×{size} does not fit samples of the shape ({string.Join(", ", sampleShape)}). Use a smaller patch, or random positions for features.");
        (int height, int width) = ((int)sampleShape[1], (int)sampleShape[2]);
        return new Trigger("corner", [.. Enumerable.Range(0, size * size).Select(i => (height - size + i / size) * width + width - size + i % size)], value);
    }

    /// <summary>The trigger of Sommer et al. (2020): a few random pixels (or features) at a constant, different for every owner.</summary>
    /// <param name="sampleShape">The shape of a sample, (C, H, W) or (F).</param>
    /// <param name="seed">Decides the positions.</param>
    /// <param name="count">How many.</param>
    /// <param name="value">The constant, 0 to 1.</param>
    public static Trigger RandomPixels(IReadOnlyList<long> sampleShape, ulong seed, int count = 4, float value = 1)
    {
        int plane = Plane(sampleShape);
        if (count < 1 || count > plane) throw new UsageException($"A trigger of {count} positions does not fit samples with {plane}. Use 1 to {plane}.");
        int[] positions = [.. Enumerable.Range(0, plane)];
        new CounterRandom(seed, PositionStream).Shuffle(positions.AsSpan());
        return new Trigger("random-pixels", [.. positions[..count].Order()], value);
    }

    /// <summary>Marks one sample in place.</summary>
    internal void Stamp(Span<byte> sample, bool isFloat, int plane)
    {
        if (isFloat) Stamp(MemoryMarshal.Cast<byte, float>(sample), Value, plane);
        else Stamp(sample, (byte)MathF.Round(255 * Value), plane);
    }

    internal static int Plane(IReadOnlyList<long> sampleShape) =>
        (int)(sampleShape.Count == 3 ? sampleShape[1] * sampleShape[2] : sampleShape.Aggregate(1L, (a, b) => a * b));

    private void Stamp<T>(Span<T> sample, T value, int plane)
    {
        for (int channel = 0; channel < sample.Length; channel += plane)
        {
            foreach (int position in Positions) sample[channel + position] = value;
        }
    }
}
