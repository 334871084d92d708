using System.Runtime.InteropServices;

namespace Lethe.Torch.Native;

/// <summary>Layers and losses; reduction: 0 none, 1 mean, 2 sum.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int lethe_softmax(TensorHandle tensor, long dim, int dtype, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_log_softmax(TensorHandle tensor, long dim, int dtype, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_linear(TensorHandle tensor, TensorHandle weight, TensorHandle bias, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_conv2d(TensorHandle tensor, TensorHandle weight, TensorHandle bias, long stride_h, long stride_w,
        long padding_h, long padding_w, long dilation_h, long dilation_w, long groups, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_batch_norm(TensorHandle tensor, TensorHandle weight, TensorHandle bias, TensorHandle running_mean,
        TensorHandle running_var, int training, double momentum, double eps, out TensorHandle result);

    [LibraryImport(Library)]
    internal static unsafe partial int lethe_layer_norm(TensorHandle tensor, long* sizes, int dims, TensorHandle weight,
        TensorHandle bias, double eps, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_max_pool2d(TensorHandle tensor, long kernel_h, long kernel_w, long stride_h, long stride_w,
        long padding_h, long padding_w, long dilation_h, long dilation_w, int ceil_mode, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_avg_pool2d(TensorHandle tensor, long kernel_h, long kernel_w, long stride_h, long stride_w,
        long padding_h, long padding_w, int ceil_mode, int count_include_pad, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_adaptive_avg_pool2d(TensorHandle tensor, long height, long width, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_dropout(TensorHandle tensor, double p, GeneratorHandle generator, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_cross_entropy(TensorHandle tensor, TensorHandle target, TensorHandle weight, int reduction,
        long ignore_index, double label_smoothing, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_nll_loss(TensorHandle tensor, TensorHandle target, TensorHandle weight, int reduction,
        long ignore_index, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_mse_loss(TensorHandle tensor, TensorHandle target, int reduction, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_l1_loss(TensorHandle tensor, TensorHandle target, int reduction, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_kl_div(TensorHandle tensor, TensorHandle target, int reduction, int log_target,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_binary_cross_entropy_with_logits(TensorHandle tensor, TensorHandle target, int reduction,
        out TensorHandle result);
}
