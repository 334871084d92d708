using Lethe.Core.Errors;
using Lethe.Core.Numerics;
using Lethe.Torch;

namespace Lethe.Training.Training;

/// <summary>Applies an <see cref="Augmentation"/> to a batch with one padding and one gather.</summary>
/// <remarks>A sample's shift and flip depend on (seed, block, epoch, slot) only, never on the other records of its batch.</remarks>
internal sealed class Augmenter : IDisposable
{
    private const ulong Stream = 0xA06;

    private readonly Augmentation augmentation;
    private readonly ulong seed;
    private readonly long channels;
    private readonly long height;
    private readonly long width;
    private readonly Tensor black;    // (1, C, 1, 1)
    private readonly Tensor sources;  // (2, H·W): positions in the padded image, as it is and mirrored

    /// <param name="augmentation">What to do; not none.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="sampleShape">C, H, W.</param>
    /// <param name="black">Value of a black pixel after normalisation, one per channel.</param>
    /// <param name="device">Where the batches are.</param>
    public Augmenter(Augmentation augmentation, ulong seed, IReadOnlyList<long> sampleShape, IReadOnlyList<float> black, Device device)
    {
        if (sampleShape.Count != 3)
        {
            throw new UsageException(
                $"Augmentation needs images (channels, height, width), the samples have shape ({string.Join(", ", sampleShape)}); "
                + "choose none.");
        }
        this.augmentation = augmentation;
        this.seed = seed;
        (channels, height, width) = (sampleShape[0], sampleShape[1], sampleShape[2]);
        var padded = width + 2 * augmentation.Shift;
        var positions = new long[2 * height * width];
        for (long y = 0, i = 0; y < height; y++)
        {
            for (long x = 0; x < width; x++, i++)
            {
                positions[i] = y * padded + x;
                positions[height * width + i] = y * padded + (width - 1 - x);
            }
        }
        using var scope = torch.NewDisposeScope();
        sources = torch.tensor(positions).reshape(2, height * width).to(device).DetachFromDisposeScope();
        this.black = torch.tensor(black.ToArray()).reshape(1, channels, 1, 1).to(device).DetachFromDisposeScope();
    }

    /// <summary>The augmentation of a resolved recipe; null where it has none.</summary>
    public static Augmenter? For(Recipe recipe, ulong seed, IReadOnlyList<long> sampleShape, Device device)
    {
        var augmentation = Augmentation.Parse(recipe.Augment);
        return augmentation.IsNone ? null : new Augmenter(augmentation, seed, sampleShape, recipe.Normalization!.Black((int)sampleShape[0]), device);
    }

    /// <summary>Gives the augmented batch.</summary>
    /// <param name="batch">Normalised images (n, C, H, W).</param>
    /// <param name="block">Block number.</param>
    /// <param name="epoch">Epoch in the block.</param>
    /// <param name="slots">The n slots of the images.</param>
    public Tensor Apply(Tensor batch, int block, int epoch, ReadOnlySpan<int> slots)
    {
        var shift = augmentation.Shift;
        var (paddedHeight, paddedWidth) = (height + 2 * shift, width + 2 * shift);
        var offsets = new long[slots.Length];
        var mirrored = new long[slots.Length];
        for (var i = 0; i < slots.Length; i++)
        {
            var random = new CounterRandom(seed, Stream, (ulong)block, (ulong)epoch, (ulong)slots[i]);
            offsets[i] = random.NextInt32(2 * shift + 1) * paddedWidth + random.NextInt32(2 * shift + 1);
            mirrored[i] = augmentation.Flip ? random.NextInt32(2) : 0;
        }
        var padded = batch;
        if (shift > 0)
        {
            padded = black.expand(slots.Length, channels, paddedHeight, paddedWidth).clone();
            padded.narrow(2, shift, height).narrow(3, shift, width).copy_(batch);
        }
        var index = sources.index_select(0, torch.tensor(mirrored).to(batch.device))
            + torch.tensor(offsets).to(batch.device).unsqueeze(1);
        return padded.reshape(slots.Length, channels, paddedHeight * paddedWidth)
            .gather(2, index.unsqueeze(1).expand(slots.Length, channels, height * width))
            .reshape(slots.Length, channels, height, width);
    }

    public void Dispose()
    {
        black.Dispose();
        sources.Dispose();
    }
}
