using Lethe.Torch.Native;
using static Lethe.Torch.Native.NativeMethods;

namespace Lethe.Torch;

public sealed partial class Tensor
{
    /// <summary>Adds alpha · other.</summary>
    public Tensor add_(Tensor other, double alpha = 1) => Done(lethe_add_(Handle, other.Handle, alpha));

    /// <summary>Adds a number.</summary>
    public Tensor add_(Scalar other) => Done(lethe_add_scalar_(Handle, other.Value, other.Integral));

    /// <summary>Subtracts alpha · other.</summary>
    public Tensor sub_(Tensor other, double alpha = 1) => Done(lethe_add_(Handle, other.Handle, -alpha));

    /// <summary>Multiplies elementwise.</summary>
    public Tensor mul_(Tensor other) => Done(lethe_mul_(Handle, other.Handle));

    /// <summary>Multiplies by a number.</summary>
    public Tensor mul_(Scalar other) => Done(lethe_mul_scalar_(Handle, other.Value, other.Integral));

    /// <summary>Divides elementwise.</summary>
    public Tensor div_(Tensor other) => Done(lethe_div_(Handle, other.Handle));

    /// <summary>Divides by a number.</summary>
    public Tensor div_(Scalar other) => Done(lethe_div_scalar_(Handle, other.Value, other.Integral));

    /// <summary>Takes the elements of another tensor, converted and broadcast.</summary>
    public Tensor copy_(Tensor source) => Done(lethe_copy_(Handle, source.Handle));

    /// <summary>Makes this object (a parameter, say) hold the elements of another, which may differ in type, device and shape.</summary>
    public Tensor set_data(Tensor data) => Done(lethe_set_data(Handle, data.Handle));

    /// <summary>Sets every element.</summary>
    public Tensor fill_(Scalar value) => Done(lethe_fill_(Handle, value.Value, value.Integral));

    /// <summary>Sets every element to 0.</summary>
    public Tensor zero_() => fill_(0);

    /// <summary>Limits the elements to a range; a null bound is absent.</summary>
    public Tensor clamp_(double? min = null, double? max = null) => Done(lethe_clamp_(Handle, min ?? double.NaN, max ?? double.NaN));

    /// <summary>Takes square roots.</summary>
    public Tensor sqrt_() => Done(lethe_sqrt_(Handle));

    /// <summary>Adds value · tensor1 · tensor2.</summary>
    public Tensor addcmul_(Tensor tensor1, Tensor tensor2, double value = 1) =>
        Done(lethe_addcmul_(Handle, tensor1.Handle, tensor2.Handle, value));

    /// <summary>Adds value · tensor1 / tensor2.</summary>
    public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, double value = 1) =>
        Done(lethe_addcdiv_(Handle, tensor1.Handle, tensor2.Handle, value));

    /// <summary>Moves by weight · (end - this).</summary>
    public Tensor lerp_(Tensor end, double weight) => Done(lethe_lerp_(Handle, end.Handle, weight));

    /// <summary>Draws from the uniform distribution on [from, to).</summary>
    public Tensor uniform_(double from, double to, Generator generator) => Done(lethe_uniform_(Handle, from, to, generator.Handle));

    /// <summary>Draws from a normal distribution.</summary>
    public Tensor normal_(double mean, double std, Generator generator) => Done(lethe_normal_(Handle, mean, std, generator.Handle));

    /// <summary>Draws 1 with probability p, else 0.</summary>
    public Tensor bernoulli_(double p, Generator generator) => Done(lethe_bernoulli_(Handle, p, generator.Handle));

    private Tensor Done(int status)
    {
        Status.Check(status);
        return this;
    }
}
