using Lethe.Torch.Native;
using static Lethe.Torch.Native.NativeMethods;

namespace Lethe.Torch;

public sealed partial class Tensor
{
    /// <summary>True where elements equal, compared with those of another tensor (broadcast).</summary>
    public Tensor eq(Tensor other) => Wrap(lethe_eq(Handle, other.Handle, out var h), h);

    /// <summary>True where elements equal, compared with a number.</summary>
    public Tensor eq(Scalar other) => Wrap(lethe_eq_scalar(Handle, other.Value, other.Integral, out var h), h);

    /// <summary>True where elements differ, compared with those of another tensor (broadcast).</summary>
    public Tensor ne(Tensor other) => Wrap(lethe_ne(Handle, other.Handle, out var h), h);

    /// <summary>True where elements differ, compared with a number.</summary>
    public Tensor ne(Scalar other) => Wrap(lethe_ne_scalar(Handle, other.Value, other.Integral, out var h), h);

    /// <summary>True where elements are smaller, compared with those of another tensor (broadcast).</summary>
    public Tensor lt(Tensor other) => Wrap(lethe_lt(Handle, other.Handle, out var h), h);

    /// <summary>True where elements are smaller, compared with a number.</summary>
    public Tensor lt(Scalar other) => Wrap(lethe_lt_scalar(Handle, other.Value, other.Integral, out var h), h);

    /// <summary>True where elements are smaller or equal, compared with those of another tensor (broadcast).</summary>
    public Tensor le(Tensor other) => Wrap(lethe_le(Handle, other.Handle, out var h), h);

    /// <summary>True where elements are smaller or equal, compared with a number.</summary>
    public Tensor le(Scalar other) => Wrap(lethe_le_scalar(Handle, other.Value, other.Integral, out var h), h);

    /// <summary>True where elements are larger, compared with those of another tensor (broadcast).</summary>
    public Tensor gt(Tensor other) => Wrap(lethe_gt(Handle, other.Handle, out var h), h);

    /// <summary>True where elements are larger, compared with a number.</summary>
    public Tensor gt(Scalar other) => Wrap(lethe_gt_scalar(Handle, other.Value, other.Integral, out var h), h);

    /// <summary>True where elements are larger or equal, compared with those of another tensor (broadcast).</summary>
    public Tensor ge(Tensor other) => Wrap(lethe_ge(Handle, other.Handle, out var h), h);

    /// <summary>True where elements are larger or equal, compared with a number.</summary>
    public Tensor ge(Scalar other) => Wrap(lethe_ge_scalar(Handle, other.Value, other.Integral, out var h), h);

    /// <summary>True where both elements are not 0.</summary>
    public Tensor logical_and(Tensor other) => Wrap(lethe_logical_and(Handle, other.Handle, out var h), h);

    /// <summary>True where one element at least is not 0.</summary>
    public Tensor logical_or(Tensor other) => Wrap(lethe_logical_or(Handle, other.Handle, out var h), h);

    /// <summary>True where exactly one element is not 0.</summary>
    public Tensor logical_xor(Tensor other) => Wrap(lethe_logical_xor(Handle, other.Handle, out var h), h);

    /// <summary>True when shapes and all elements are the same.</summary>
    public bool equal(Tensor other)
    {
        Status.Check(lethe_tensor_equal(Handle, other.Handle, out var answer));
        return answer != 0;
    }

    /// <summary>True when shapes are the same and elements differ by at most atol + rtol · |other|.</summary>
    public bool allclose(Tensor other, double rtol = 1e-5, double atol = 1e-8)
    {
        using var scope = torch.NewDisposeScope();
        return shape.AsSpan().SequenceEqual(other.shape) && (this - other).abs().le(other.abs() * rtol + atol).all().ToBoolean();
    }

    /// <summary>A truth value: is any element not 0?</summary>
    public Tensor any() => Wrap(lethe_any(Handle, out var h), h);

    /// <summary>A truth value: is no element 0?</summary>
    public Tensor all() => Wrap(lethe_all(Handle, out var h), h);
}
