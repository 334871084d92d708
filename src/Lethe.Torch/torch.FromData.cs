using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lethe.Torch.Native;
using static Lethe.Torch.Native.NativeMethods;

namespace Lethe.Torch;

public static partial class torch
{
    /// <summary>A vector with a copy of the elements.</summary>
    /// <param name="data">The elements.</param>
    /// <param name="dtype">Converts, when given; else the element type of <typeparamref name="T"/>.</param>
    /// <param name="device">Main memory when null.</param>
    /// <param name="requires_grad">Record operations on the result.</param>
    public static Tensor tensor<T>(T[] data, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
        where T : unmanaged => tensor<T>(data, [data.Length], dtype, device, requires_grad);

    /// <summary>A matrix with a copy of the elements.</summary>
    /// <param name="data">The elements.</param>
    /// <param name="dtype">Converts, when given; else the element type of <typeparamref name="T"/>.</param>
    /// <param name="device">Main memory when null.</param>
    /// <param name="requires_grad">Record operations on the result.</param>
    public static Tensor tensor<T>(T[,] data, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
        where T : unmanaged
    {
        var flat = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(data)), data.Length);
        return tensor(flat, [data.GetLength(0), data.GetLength(1)], dtype, device, requires_grad);
    }

    /// <summary>A tensor with a copy of the elements, given in row-major order.</summary>
    /// <param name="data">The elements; as many as the shape has.</param>
    /// <param name="shape">The lengths of the dimensions.</param>
    /// <param name="dtype">Converts, when given; else the element type of <typeparamref name="T"/>.</param>
    /// <param name="device">Main memory when null.</param>
    /// <param name="requires_grad">Record operations on the result.</param>
    public static Tensor tensor<T>(ReadOnlySpan<T> data, ReadOnlySpan<long> shape, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) where T : unmanaged
    {
        var made = frombuffer(MemoryMarshal.AsBytes(data), ScalarTypes.Of<T>(), shape);
        if ((dtype is { } type && type != made.dtype) || (device is not null && device != CPU))
        {
            var converted = made.to(dtype ?? made.dtype, device ?? CPU);
            made.Dispose();
            made = converted;
        }
        return requires_grad ? made.requires_grad_() : made;
    }

    /// <summary>A tensor with a copy of the elements, given in row-major order.</summary>
    public static Tensor tensor<T>(T[] data, ReadOnlySpan<long> shape, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) where T : unmanaged => tensor<T>(data.AsSpan(), shape, dtype, device, requires_grad);

    /// <summary>A tensor of no dimensions with one number: Int64 for whole numbers, else Float32, unless the type is given.</summary>
    public static Tensor tensor(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full([], value, dtype ?? (value.Integral != 0 ? ScalarType.Int64 : ScalarType.Float32), device, requires_grad);

    /// <summary>A tensor with a copy of raw little-endian bytes in row-major order.</summary>
    /// <param name="data">Exactly as many bytes as type and shape need.</param>
    /// <param name="dtype">The element type.</param>
    /// <param name="shape">The lengths of the dimensions.</param>
    /// <exception cref="TorchException">The number of bytes is wrong.</exception>
    public static unsafe Tensor frombuffer(ReadOnlySpan<byte> data, ScalarType dtype, ReadOnlySpan<long> shape)
    {
        fixed (byte* bytes = data)
        fixed (long* sizes = shape)
            return Made(lethe_tensor_from_data(bytes, data.Length, (int)dtype, sizes, shape.Length, out var h), h);
    }
}
