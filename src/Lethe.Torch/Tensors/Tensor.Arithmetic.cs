using static Lethe.Torch.Native.NativeMethods;

namespace Lethe.Torch;

public sealed partial class Tensor
{
    /// <summary>this + alpha · other, with broadcasting.</summary>
    public Tensor add(Tensor other, double alpha = 1) => Wrap(lethe_add(Handle, other.Handle, alpha, out var h), h);

    /// <summary>Adds a number to each element.</summary>
    public Tensor add(Scalar other) => Wrap(lethe_add_scalar(Handle, other.Value, other.Integral, out var h), h);

    /// <summary>this - alpha · other, with broadcasting.</summary>
    public Tensor sub(Tensor other, double alpha = 1) => Wrap(lethe_add(Handle, other.Handle, -alpha, out var h), h);

    /// <summary>Subtracts a number from each element.</summary>
    public Tensor sub(Scalar other) => Wrap(lethe_add_scalar(Handle, -other.Value, other.Integral, out var h), h);

    /// <summary>The elementwise product, with broadcasting.</summary>
    public Tensor mul(Tensor other) => Wrap(lethe_mul(Handle, other.Handle, out var h), h);

    /// <summary>Multiplies each element.</summary>
    public Tensor mul(Scalar other) => Wrap(lethe_mul_scalar(Handle, other.Value, other.Integral, out var h), h);

    /// <summary>The elementwise quotient (true division), with broadcasting.</summary>
    public Tensor div(Tensor other) => Wrap(lethe_div(Handle, other.Handle, out var h), h);

    /// <summary>Divides each element (true division).</summary>
    public Tensor div(Scalar other) => Wrap(lethe_div_scalar(Handle, other.Value, other.Integral, out var h), h);

    /// <summary>Elementwise powers, with broadcasting.</summary>
    public Tensor pow(Tensor exponent) => Wrap(lethe_pow(Handle, exponent.Handle, out var h), h);

    /// <summary>Raises each element to a power.</summary>
    public Tensor pow(Scalar exponent) => Wrap(lethe_pow_scalar(Handle, exponent.Value, exponent.Integral, out var h), h);

    /// <summary>The larger of two elements, with broadcasting.</summary>
    public Tensor maximum(Tensor other) => Wrap(lethe_maximum(Handle, other.Handle, out var h), h);

    /// <summary>The smaller of two elements, with broadcasting.</summary>
    public Tensor minimum(Tensor other) => Wrap(lethe_minimum(Handle, other.Handle, out var h), h);

    /// <summary>The matrix product, batched over leading dimensions, as PyTorch's matmul.</summary>
    public Tensor matmul(Tensor other) => Wrap(lethe_matmul(Handle, other.Handle, out var h), h);

    /// <summary>The product of two matrices (n, m) and (m, p).</summary>
    public Tensor mm(Tensor other) => Wrap(lethe_mm(Handle, other.Handle, out var h), h);

    /// <summary>The products of two batches of matrices (b, n, m) and (b, m, p).</summary>
    public Tensor bmm(Tensor other) => Wrap(lethe_bmm(Handle, other.Handle, out var h), h);

    /// <summary>The sum of the products of two vectors.</summary>
    public Tensor dot(Tensor other) => matmul(other);

    /// <summary>The elementwise sum.</summary>
    public static Tensor operator +(Tensor left, Tensor right) => left.add(right);

    /// <summary>The sum of each element and a number.</summary>
    public static Tensor operator +(Tensor left, Scalar right) => left.add(right);

    /// <summary>The elementwise difference.</summary>
    public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);

    /// <summary>The difference of each element and a number.</summary>
    public static Tensor operator -(Tensor left, Scalar right) => left.sub(right);

    /// <summary>The elementwise product.</summary>
    public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);

    /// <summary>The product of each element and a number.</summary>
    public static Tensor operator *(Tensor left, Scalar right) => left.mul(right);

    /// <summary>The elementwise quotient.</summary>
    public static Tensor operator /(Tensor left, Tensor right) => left.div(right);

    /// <summary>The quotient of each element and a number.</summary>
    public static Tensor operator /(Tensor left, Scalar right) => left.div(right);

    /// <summary>The sum of each element and a number.</summary>
    public static Tensor operator +(Scalar left, Tensor right) => right.add(left);

    /// <summary>A number less each element.</summary>
    public static Tensor operator -(Scalar left, Tensor right) =>
        Wrap(lethe_scalar_sub(right.Handle, left.Value, left.Integral, out var h), h);

    /// <summary>The product of each element and a number.</summary>
    public static Tensor operator *(Scalar left, Tensor right) => right.mul(left);

    /// <summary>A number divided by each element.</summary>
    public static Tensor operator /(Scalar left, Tensor right) =>
        Wrap(lethe_scalar_div(right.Handle, left.Value, left.Integral, out var h), h);

    /// <summary>The negated elements.</summary>
    public static Tensor operator -(Tensor tensor) => tensor.neg();
}
