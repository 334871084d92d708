using System.Runtime.InteropServices;

namespace Lethe.Torch.Native;

/// <summary>Elementwise functions of one or two tensors, with broadcasting.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int lethe_neg(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_exp(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_log(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_log1p(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_expm1(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_sqrt(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_rsqrt(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_square(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_reciprocal(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_abs(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_sign(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_sin(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_cos(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_tanh(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_sigmoid(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_floor(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_ceil(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_round(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_erf(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_isnan(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_isfinite(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_logical_not(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_relu(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_silu(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_softplus(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_gelu(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_add(TensorHandle tensor, TensorHandle other, double alpha, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_mul(TensorHandle tensor, TensorHandle other, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_div(TensorHandle tensor, TensorHandle other, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_maximum(TensorHandle tensor, TensorHandle other, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_minimum(TensorHandle tensor, TensorHandle other, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_pow(TensorHandle tensor, TensorHandle other, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_eq(TensorHandle tensor, TensorHandle other, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_ne(TensorHandle tensor, TensorHandle other, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_lt(TensorHandle tensor, TensorHandle other, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_le(TensorHandle tensor, TensorHandle other, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_gt(TensorHandle tensor, TensorHandle other, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_ge(TensorHandle tensor, TensorHandle other, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_logical_and(TensorHandle tensor, TensorHandle other, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_logical_or(TensorHandle tensor, TensorHandle other, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_logical_xor(TensorHandle tensor, TensorHandle other, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_add_scalar(TensorHandle tensor, double value, int integral, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_mul_scalar(TensorHandle tensor, double value, int integral, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_div_scalar(TensorHandle tensor, double value, int integral, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_pow_scalar(TensorHandle tensor, double value, int integral, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_eq_scalar(TensorHandle tensor, double value, int integral, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_ne_scalar(TensorHandle tensor, double value, int integral, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_lt_scalar(TensorHandle tensor, double value, int integral, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_le_scalar(TensorHandle tensor, double value, int integral, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_gt_scalar(TensorHandle tensor, double value, int integral, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_ge_scalar(TensorHandle tensor, double value, int integral, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_scalar_sub(TensorHandle tensor, double value, int integral, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_scalar_div(TensorHandle tensor, double value, int integral, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lethe_clamp(TensorHandle tensor, double minimum, double maximum, out TensorHandle result);
}
