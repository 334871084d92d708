using System.Runtime.InteropServices;

namespace Lethe.Torch.Native;

/// <summary>Versions, threads, capabilities.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial nint lethe_last_error();

    [LibraryImport(Library)]
    internal static partial int lethe_version(out nint result);

    [LibraryImport(Library)]
    internal static partial int lethe_build_info(out nint result);

    [LibraryImport(Library)]
    internal static partial int lethe_cpu_capability(out nint result);

    [LibraryImport(Library)]
    internal static partial int lethe_has_bf16_cpu(out int result);

    [LibraryImport(Library)]
    internal static partial int lethe_cuda_device_count(out int result);

    [LibraryImport(Library)]
    internal static partial int lethe_set_num_threads(int threads);

    [LibraryImport(Library)]
    internal static partial int lethe_get_num_threads(out int result);

    [LibraryImport(Library)]
    internal static partial int lethe_set_deterministic(int on);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int lethe_live_tensors(out long result);
}
