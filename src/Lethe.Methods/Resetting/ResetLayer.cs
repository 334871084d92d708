using Lethe.Torch;

namespace Lethe.Methods.Resetting;

/// <summary>A weight and how it falls into slices that are kept or reset as a whole.</summary>
/// <param name="Name">Name of the parameter.</param>
/// <param name="Weight">The parameter.</param>
/// <param name="View">A shape of as many elements as the weight, in which every slice is a block.</param>
/// <param name="Inside">The dimensions of the view that lie inside a slice.</param>
internal sealed record ResetLayer(string Name, Tensor Weight, long[] View, long[] Inside)
{
    /// <summary>Number of slices.</summary>
    public int Slices { get; } = (int)View.Where((_, dimension) => !Inside.Contains(dimension)).Aggregate(1L, (product, size) => product * size);

    /// <summary>Mean of each slice of a tensor of the weight's shape: (slices).</summary>
    public Tensor Means(Tensor values) => Inside.Length == 0 ? values.reshape(-1) : values.reshape(View).mean(Inside).reshape(-1);

    /// <summary>One flag a slice as a Bool tensor of the weight's shape, on its device.</summary>
    public Tensor Spread(IReadOnlyList<bool> flags)
    {
        byte[] bytes = [.. flags.Select(flag => (byte)(flag ? 1 : 0))];
        long[] outline = [.. View.Select((size, dimension) => Inside.Contains(dimension) ? 1 : size)];
        return torch.frombuffer(bytes, ScalarType.Byte, outline).to(Weight.device).ne(0).expand(View).reshape(Weight.shape);
    }
}
