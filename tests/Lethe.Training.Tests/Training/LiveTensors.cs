using Lethe.Torch;

namespace Lethe.Training.Tests.Training;

internal static class LiveTensors
{
    /// <summary>Counts native tensors after freeing what earlier tests left to the finalizer.</summary>
    public static long Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.TotalCount;
    }
}
