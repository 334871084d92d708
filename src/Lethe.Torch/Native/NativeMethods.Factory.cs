using System.Runtime.InteropServices;

namespace Lethe.Torch.Native;

/// <summary>New tensors; a negative dtype in the _like functions keeps the input's.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static unsafe partial int lethe_empty(long* sizes, int dims, int dtype, int device_type, int device_index,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static unsafe partial int lethe_full(long* sizes, int dims, double value, int integral, int dtype, int device_type,
        int device_index, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_full_like(TensorHandle tensor, double value, int integral, int dtype, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_empty_like(TensorHandle tensor, int dtype, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_arange(double start, double end, double step, int dtype, int device_type, int device_index,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_linspace(double start, double end, long steps, int dtype, int device_type, int device_index,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_eye(long rows, long columns, int dtype, int device_type, int device_index, out TensorHandle result);

    [LibraryImport(Library)]
    internal static unsafe partial int lethe_rand(long* sizes, int dims, GeneratorHandle generator, int dtype, int device_type,
        int device_index, out TensorHandle result);

    [LibraryImport(Library)]
    internal static unsafe partial int lethe_randn(long* sizes, int dims, GeneratorHandle generator, int dtype, int device_type,
        int device_index, out TensorHandle result);

    [LibraryImport(Library)]
    internal static unsafe partial int lethe_randint(long low, long high, long* sizes, int dims, GeneratorHandle generator, int dtype,
        int device_type, int device_index, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_randperm(long count, GeneratorHandle generator, int dtype, int device_type, int device_index,
        out TensorHandle result);
}
