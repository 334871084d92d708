using System.Runtime.InteropServices;

namespace Lethe.Torch.Native;

/// <summary>Lifetime and inspection.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int lethe_tensor_free(nint tensor);

    [LibraryImport(Library)]
    internal static partial int lethe_tensor_alias(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static unsafe partial int lethe_tensor_from_data(void* data, long byte_count, int dtype, long* sizes, int dims,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static unsafe partial int lethe_tensor_copy_to(TensorHandle tensor, void* buffer, long byte_count);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int lethe_tensor_dim(TensorHandle tensor, out int result);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static unsafe partial int lethe_tensor_sizes(TensorHandle tensor, long* buffer, int dims);

    [LibraryImport(Library)]
    internal static unsafe partial int lethe_tensor_strides(TensorHandle tensor, long* buffer, int dims);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int lethe_tensor_numel(TensorHandle tensor, out long result);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int lethe_tensor_dtype(TensorHandle tensor, out int result);

    [LibraryImport(Library)]
    internal static partial int lethe_tensor_device(TensorHandle tensor, out int device_type, out int device_index);

    [LibraryImport(Library)]
    internal static partial int lethe_tensor_is_contiguous(TensorHandle tensor, int memory_format, out int result);

    [LibraryImport(Library)]
    internal static partial int lethe_tensor_is_same(TensorHandle tensor, TensorHandle other, out int result);

    [LibraryImport(Library)]
    internal static partial int lethe_tensor_item_double(TensorHandle tensor, out double result);

    [LibraryImport(Library)]
    internal static partial int lethe_tensor_item_int64(TensorHandle tensor, out long result);

    [LibraryImport(Library)]
    internal static partial int lethe_tensor_equal(TensorHandle tensor, TensorHandle other, out int result);
}
