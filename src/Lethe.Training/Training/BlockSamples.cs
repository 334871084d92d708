using Lethe.Torch;
using Lethe.Training.Datasets;

namespace Lethe.Training.Training;

/// <summary>The samples of one block, addressed by slot: normalised once where they fit, batch by batch where they do not.</summary>
internal sealed class BlockSamples : IDisposable
{
    /// <summary>Largest normalised block that is kept, in bytes: about what a processor cache holds; more is cheaper to normalise batch by batch.</summary>
    internal const long LargestMaterialized = 1L << 25;

    private readonly Normalization normalization;
    private readonly Device device;
    private readonly Tensor samples;
    private readonly Tensor labels;
    private readonly bool normalized;

    public BlockSamples(
        TensorDataset dataset, ReadOnlySpan<int> records, Normalization normalization, Device device, long limit = LargestMaterialized)
    {
        this.normalization = normalization;
        this.device = device;
        var sampleSize = dataset.Manifest.SampleShape.Aggregate(1L, (product, size) => product * size);
        normalized = records.Length * sampleSize * sizeof(float) <= limit;
        using var noGrad = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var index = new long[records.Length];
        for (var i = 0; i < index.Length; i++)
        {
            index[i] = records[i];
        }
        var positions = torch.tensor(index);
        var raw = dataset.Samples.index_select(0, positions);
        samples = (normalized ? normalization.Apply(raw).to(device) : raw).DetachFromDisposeScope();
        labels = dataset.Labels.index_select(0, positions).to(device).DetachFromDisposeScope();
    }

    /// <summary>Gives normalised samples (n, …) Float32 and labels (n) Int64 of some slots.</summary>
    /// <param name="slots">(n) Int64, on the CPU.</param>
    public (Tensor Samples, Tensor Labels) Read(Tensor slots)
    {
        var there = slots.to(device);
        var batch = normalized
            ? samples.index_select(0, there)
            : normalization.Apply(samples.index_select(0, slots)).to(device);
        return (batch, labels.index_select(0, there));
    }

    public void Dispose()
    {
        samples.Dispose();
        labels.Dispose();
    }
}
