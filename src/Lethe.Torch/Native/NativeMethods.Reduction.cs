using System.Runtime.InteropServices;

namespace Lethe.Torch.Native;

/// <summary>Over all (dims = 0) or given dimensions.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static unsafe partial int lethe_sum(TensorHandle tensor, long* dims, int dim_count, int keepdim, int dtype,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static unsafe partial int lethe_mean(TensorHandle tensor, long* dims, int dim_count, int keepdim, int dtype,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static unsafe partial int lethe_var(TensorHandle tensor, long* dims, int dim_count, int keepdim, int correction,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static unsafe partial int lethe_norm(TensorHandle tensor, double p, long* dims, int dim_count, int keepdim,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static unsafe partial int lethe_logsumexp(TensorHandle tensor, long* dims, int dim_count, int keepdim,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static unsafe partial int lethe_amax(TensorHandle tensor, long* dims, int dim_count, int keepdim, out TensorHandle result);

    [LibraryImport(Library)]
    internal static unsafe partial int lethe_amin(TensorHandle tensor, long* dims, int dim_count, int keepdim, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_prod(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_cumsum(TensorHandle tensor, long dim, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_max_dim(TensorHandle tensor, long dim, int keepdim, out TensorHandle values,
        out TensorHandle indices);

    [LibraryImport(Library)]
    internal static partial int lethe_min_dim(TensorHandle tensor, long dim, int keepdim, out TensorHandle values,
        out TensorHandle indices);

    [LibraryImport(Library)]
    internal static partial int lethe_argmax(TensorHandle tensor, int has_dim, long dim, int keepdim, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_argmin(TensorHandle tensor, int has_dim, long dim, int keepdim, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_any(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_all(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_sort(TensorHandle tensor, long dim, int descending, out TensorHandle values,
        out TensorHandle indices);

    [LibraryImport(Library)]
    internal static partial int lethe_topk(TensorHandle tensor, long k, long dim, int largest, int sorted, out TensorHandle values,
        out TensorHandle indices);

    [LibraryImport(Library)]
    internal static partial int lethe_matmul(TensorHandle tensor, TensorHandle other, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_mm(TensorHandle tensor, TensorHandle other, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_bmm(TensorHandle tensor, TensorHandle other, out TensorHandle result);
}
