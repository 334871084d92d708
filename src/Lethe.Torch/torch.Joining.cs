using Lethe.Torch.Native;
using static Lethe.Torch.Native.NativeMethods;

namespace Lethe.Torch;

public static partial class torch
{
    /// <summary>Tensors joined along an existing dimension.</summary>
    public static unsafe Tensor cat(IReadOnlyList<Tensor> tensors, long dim = 0)
    {
        using var list = new HandleList(tensors);
        fixed (nint* p = list)
            return Made(lethe_cat(p, list.Count, dim, out var h), h);
    }

    /// <summary>Tensors of one shape joined along a new dimension.</summary>
    public static unsafe Tensor stack(IReadOnlyList<Tensor> tensors, long dim = 0)
    {
        using var list = new HandleList(tensors);
        fixed (nint* p = list)
            return Made(lethe_stack(p, list.Count, dim, out var h), h);
    }

    /// <summary>Elements of input where the condition (Bool) is true, else of other, with broadcasting.</summary>
    public static Tensor where(Tensor condition, Tensor input, Tensor other) =>
        Made(lethe_where(condition.Handle, input.Handle, other.Handle, out var h), h);

    /// <summary>The matrix product, batched over leading dimensions.</summary>
    public static Tensor matmul(Tensor input, Tensor other) => input.matmul(other);

    /// <summary>The larger of two elements, with broadcasting.</summary>
    public static Tensor maximum(Tensor input, Tensor other) => input.maximum(other);

    /// <summary>The smaller of two elements, with broadcasting.</summary>
    public static Tensor minimum(Tensor input, Tensor other) => input.minimum(other);

    /// <summary>Windows of a dimension, each of so many indices (the last may be shorter); memory is shared.</summary>
    public static Tensor[] split(Tensor input, long split_size, long dim = 0)
    {
        if (split_size < 1)
            throw new TorchException($"The length of a part must be at least 1, not {split_size}.");
        var length = input.size(dim);
        var parts = new Tensor[(int)((length + split_size - 1) / split_size)];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = input.narrow(dim, i * split_size, Math.Min(split_size, length - i * split_size));
        return parts;
    }
}
