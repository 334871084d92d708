using Lethe.Torch;

namespace Lethe.Training.Datasets;

/// <summary>Some records: their samples as stored (Byte or Float32, unnormalised) and their labels.</summary>
/// <param name="Inputs">Shape (n, …).</param>
/// <param name="Labels">Shape (n), Int64.</param>
public sealed record Batch(Tensor Inputs, Tensor Labels) : IDisposable
{
    /// <summary>Frees both tensors.</summary>
    public void Dispose()
    {
        Inputs.Dispose();
        Labels.Dispose();
    }
}
