using System.Runtime.InteropServices;

namespace Lethe.Torch.Native;

/// <summary>Pictures.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static unsafe partial int lethe_image_decode(void* data, long byte_count, int channels, out TensorHandle result);
}
