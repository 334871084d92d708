using System.Runtime.InteropServices;

namespace Lethe.Torch.Native;

/// <summary>Gradients and the modes of the calling thread.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int lethe_set_grad_enabled(int on, out int previous);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int lethe_is_grad_enabled(out int result);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int lethe_requires_grad(TensorHandle tensor, out int result);

    [LibraryImport(Library)]
    internal static partial int lethe_set_requires_grad(TensorHandle tensor, int on);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int lethe_is_leaf(TensorHandle tensor, out int result);

    [LibraryImport(Library)]
    internal static partial int lethe_backward(TensorHandle tensor, TensorHandle gradient, int retain_graph, int create_graph);

    [LibraryImport(Library)]
    internal static partial int lethe_get_grad(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_set_grad(TensorHandle tensor, TensorHandle gradient);

    [LibraryImport(Library)]
    internal static unsafe partial int lethe_grad(nint* outputs, int output_count, nint* inputs, int input_count, nint* gradients,
        int retain_graph, int create_graph, int allow_unused, nint* results);

    [LibraryImport(Library)]
    internal static partial int lethe_autocast_enter(int device_type, int dtype, int on, out int previous_on, out int previous_dtype);

    [LibraryImport(Library)]
    internal static partial int lethe_autocast_exit(int device_type, int previous_on, int previous_dtype);

    [LibraryImport(Library)]
    internal static partial int lethe_is_autocast_enabled(int device_type, out int result);
}
