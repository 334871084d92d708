using Lethe.Torch;

namespace Lethe.Methods.Editing;

/// <summary>A batch as the model takes it; freed when the next one is asked for.</summary>
/// <param name="Records">n record numbers.</param>
/// <param name="Input">Normalised samples (n, …), Float32.</param>
/// <param name="Target">Labels (n), Int64.</param>
internal sealed record EditBatch(IReadOnlyList<int> Records, Tensor Input, Tensor Target);
