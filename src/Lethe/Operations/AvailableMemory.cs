using System.Globalization;

namespace Lethe.Operations;

/// <summary>Memory that new processes can take without swapping.</summary>
internal static class AvailableMemory
{
    private const string KernelFile = "/proc/meminfo";

    /// <summary>The kernel's estimate, within the limit that this process is under (of a container, for example); in bytes.</summary>
    public static long Bytes => Math.Min(OfKernel() ?? long.MaxValue, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    private static long? OfKernel()
    {
        try
        {
            var line = File.ReadLines(KernelFile).FirstOrDefault(line => line.StartsWith("MemAvailable:", StringComparison.Ordinal));
            return line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var kibibytes, ..]
                ? long.Parse(kibibytes, CultureInfo.InvariantCulture) << 10
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }
}
