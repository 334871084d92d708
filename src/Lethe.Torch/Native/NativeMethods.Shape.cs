using System.Runtime.InteropServices;

namespace Lethe.Torch.Native;

/// <summary>Views, copies and selections.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static unsafe partial int lethe_reshape(TensorHandle tensor, long* sizes, int dims, out TensorHandle result);

    [LibraryImport(Library)]
    internal static unsafe partial int lethe_view(TensorHandle tensor, long* sizes, int dims, out TensorHandle result);

    [LibraryImport(Library)]
    internal static unsafe partial int lethe_permute(TensorHandle tensor, long* sizes, int dims, out TensorHandle result);

    [LibraryImport(Library)]
    internal static unsafe partial int lethe_expand(TensorHandle tensor, long* sizes, int dims, out TensorHandle result);

    [LibraryImport(Library)]
    internal static unsafe partial int lethe_repeat(TensorHandle tensor, long* sizes, int dims, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_transpose(TensorHandle tensor, long first, long second, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_narrow(TensorHandle tensor, long dim, long start, long length, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_select(TensorHandle tensor, long dim, long index, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_slice(TensorHandle tensor, long dim, long start, long end, long step, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_index_select(TensorHandle tensor, long dim, TensorHandle index, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_index(TensorHandle tensor, TensorHandle index, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_gather(TensorHandle tensor, long dim, TensorHandle index, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_flatten(TensorHandle tensor, long start, long end, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_unsqueeze(TensorHandle tensor, long dim, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_squeeze(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_squeeze_dim(TensorHandle tensor, long dim, out TensorHandle result);

    [LibraryImport(Library)]
    internal static unsafe partial int lethe_flip(TensorHandle tensor, long* sizes, int dims, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_roll(TensorHandle tensor, long shift, long dim, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_tril(TensorHandle tensor, long diagonal, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_triu(TensorHandle tensor, long diagonal, out TensorHandle result);

    [LibraryImport(Library)]
    internal static unsafe partial int lethe_cat(nint* tensors, int count, long dim, out TensorHandle result);

    [LibraryImport(Library)]
    internal static unsafe partial int lethe_stack(nint* tensors, int count, long dim, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_contiguous(TensorHandle tensor, int memory_format, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_clone(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_detach(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_to(TensorHandle tensor, int dtype, int device_type, int device_index, int memory_format, int copy,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_where(TensorHandle condition, TensorHandle tensor, TensorHandle other, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_masked_fill(TensorHandle tensor, TensorHandle mask, double value, int integral,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_one_hot(TensorHandle tensor, long classes, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_nonzero(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_bincount(TensorHandle tensor, long minimum_length, out TensorHandle result);

    [LibraryImport(Library)]
    internal static unsafe partial int lethe_pad(TensorHandle tensor, long* padding, int padding_count, double value,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_unfold(TensorHandle tensor, long dim, long size, long step, out TensorHandle result);
}
