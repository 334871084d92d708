using System.Runtime.InteropServices;
using Lethe.Torch.Native;
using static Lethe.Torch.Native.NativeMethods;

namespace Lethe.Torch;

public sealed partial class Tensor
{
    /// <summary>The value of a tensor with one element, converted to <typeparamref name="T"/>.</summary>
    /// <exception cref="TorchException">There is not exactly one element, or the value does not fit.</exception>
    public T item<T>() where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            return (T)(object)ToSingle();
        if (typeof(T) == typeof(double))
            return (T)(object)ToDouble();
        if (typeof(T) == typeof(long))
            return (T)(object)ToInt64();
        if (typeof(T) == typeof(int))
            return (T)(object)checked((int)ToInt64());
        if (typeof(T) == typeof(byte))
            return (T)(object)checked((byte)ToInt64());
        if (typeof(T) == typeof(bool))
            return (T)(object)(ToInt64() != 0);
        throw new TorchException($"item<{typeof(T).Name}>() is not supported: use float, double, long, int, byte or bool.");
    }

    /// <summary>The value of a tensor with one element.</summary>
    public float ToSingle() => (float)ToDouble();

    /// <summary>The value of a tensor with one element.</summary>
    public double ToDouble()
    {
        Status.Check(lethe_tensor_item_double(Handle, out var value));
        return value;
    }

    /// <summary>The value of a tensor with one element; fractions are cut off.</summary>
    public long ToInt64()
    {
        Status.Check(lethe_tensor_item_int64(Handle, out var value));
        return value;
    }

    /// <summary>The value of a tensor with one element.</summary>
    public int ToInt32() => checked((int)ToInt64());

    /// <summary>The truth value of a tensor with one element.</summary>
    public bool ToBoolean() => ToDouble() != 0;

    /// <summary>Copies the elements, in row-major order, to a managed array.</summary>
    /// <exception cref="TorchException"><typeparamref name="T"/> is not the element type.</exception>
    public T[] data<T>() where T : unmanaged
    {
        if (ScalarTypes.Of<T>() != dtype)
            throw new TorchException($"data<{typeof(T).Name}>() of a tensor of {dtype}: convert it with to(ScalarType) first.");
        var elements = GC.AllocateUninitializedArray<T>(checked((int)numel()));
        copy_to(MemoryMarshal.AsBytes(elements.AsSpan()));
        return elements;
    }

    /// <summary>Copies the elements, in row-major order, as raw little-endian bytes.</summary>
    public byte[] bytes()
    {
        var buffer = GC.AllocateUninitializedArray<byte>(checked((int)(numel() * dtype.Size())));
        copy_to(buffer);
        return buffer;
    }

    /// <summary>Copies the elements, in row-major order, as raw little-endian bytes.</summary>
    /// <param name="buffer">Must have exactly the tensor's number of bytes.</param>
    /// <exception cref="TorchException">The buffer's length is wrong.</exception>
    public unsafe void copy_to(Span<byte> buffer)
    {
        fixed (byte* p = buffer)
            Status.Check(lethe_tensor_copy_to(Handle, p, buffer.Length));
    }
}
