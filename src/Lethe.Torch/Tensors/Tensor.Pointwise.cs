using static Lethe.Torch.Native.NativeMethods;

namespace Lethe.Torch;

public sealed partial class Tensor
{
    /// <summary>The negated elements.</summary>
    public Tensor neg() => Wrap(lethe_neg(Handle, out var h), h);

    /// <summary>e to the power of each element.</summary>
    public Tensor exp() => Wrap(lethe_exp(Handle, out var h), h);

    /// <summary>Natural logarithms.</summary>
    public Tensor log() => Wrap(lethe_log(Handle, out var h), h);

    /// <summary>log(1 + x), exact near 0.</summary>
    public Tensor log1p() => Wrap(lethe_log1p(Handle, out var h), h);

    /// <summary>exp(x) - 1, exact near 0.</summary>
    public Tensor expm1() => Wrap(lethe_expm1(Handle, out var h), h);

    /// <summary>Square roots.</summary>
    public Tensor sqrt() => Wrap(lethe_sqrt(Handle, out var h), h);

    /// <summary>1 / sqrt(x).</summary>
    public Tensor rsqrt() => Wrap(lethe_rsqrt(Handle, out var h), h);

    /// <summary>Squares.</summary>
    public Tensor square() => Wrap(lethe_square(Handle, out var h), h);

    /// <summary>1 / x.</summary>
    public Tensor reciprocal() => Wrap(lethe_reciprocal(Handle, out var h), h);

    /// <summary>Absolute values.</summary>
    public Tensor abs() => Wrap(lethe_abs(Handle, out var h), h);

    /// <summary>-1, 0 or 1.</summary>
    public Tensor sign() => Wrap(lethe_sign(Handle, out var h), h);

    /// <summary>Sines.</summary>
    public Tensor sin() => Wrap(lethe_sin(Handle, out var h), h);

    /// <summary>Cosines.</summary>
    public Tensor cos() => Wrap(lethe_cos(Handle, out var h), h);

    /// <summary>Hyperbolic tangents.</summary>
    public Tensor tanh() => Wrap(lethe_tanh(Handle, out var h), h);

    /// <summary>1 / (1 + exp(-x)).</summary>
    public Tensor sigmoid() => Wrap(lethe_sigmoid(Handle, out var h), h);

    /// <summary>max(x, 0).</summary>
    public Tensor relu() => Wrap(lethe_relu(Handle, out var h), h);

    /// <summary>The whole numbers below.</summary>
    public Tensor floor() => Wrap(lethe_floor(Handle, out var h), h);

    /// <summary>The whole numbers above.</summary>
    public Tensor ceil() => Wrap(lethe_ceil(Handle, out var h), h);

    /// <summary>The nearest whole numbers, halves to even.</summary>
    public Tensor round() => Wrap(lethe_round(Handle, out var h), h);

    /// <summary>The error function.</summary>
    public Tensor erf() => Wrap(lethe_erf(Handle, out var h), h);

    /// <summary>True where an element is not a number.</summary>
    public Tensor isnan() => Wrap(lethe_isnan(Handle, out var h), h);

    /// <summary>True where an element is neither infinite nor not a number.</summary>
    public Tensor isfinite() => Wrap(lethe_isfinite(Handle, out var h), h);

    /// <summary>True where an element is 0.</summary>
    public Tensor logical_not() => Wrap(lethe_logical_not(Handle, out var h), h);

    /// <summary>Elements limited to a range; a null bound is absent.</summary>
    public Tensor clamp(double? min = null, double? max = null) =>
        Wrap(lethe_clamp(Handle, min ?? double.NaN, max ?? double.NaN, out var h), h);

    /// <summary>exp(x) scaled to sum to 1 along a dimension.</summary>
    /// <param name="dim">The dimension.</param>
    /// <param name="dtype">Converts first, when given.</param>
    public Tensor softmax(long dim, ScalarType? dtype = null) => Wrap(lethe_softmax(Handle, dim, (int?)dtype ?? -1, out var h), h);

    /// <summary>The logarithm of <see cref="softmax"/>, computed stably.</summary>
    /// <param name="dim">The dimension.</param>
    /// <param name="dtype">Converts first, when given.</param>
    public Tensor log_softmax(long dim, ScalarType? dtype = null) =>
        Wrap(lethe_log_softmax(Handle, dim, (int?)dtype ?? -1, out var h), h);
}
