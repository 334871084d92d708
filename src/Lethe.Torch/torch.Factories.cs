using Lethe.Torch.Native;
using static Lethe.Torch.Native.NativeMethods;

namespace Lethe.Torch;

public static partial class torch
{
    /// <summary>A tensor whose elements are not set.</summary>
    public static unsafe Tensor empty(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        fixed (long* p = size)
            return Made(lethe_empty(p, size.Length, Type(dtype), Kind(device), Index(device), out var h), h, requires_grad);
    }

    /// <summary>A tensor of one value; Float32 unless the type is given.</summary>
    public static unsafe Tensor full(ReadOnlySpan<long> size, Scalar value, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false)
    {
        fixed (long* p = size)
        {
            return Made(lethe_full(p, size.Length, value.Value, value.Integral, Type(dtype), Kind(device), Index(device), out var h), h,
                requires_grad);
        }
    }

    /// <summary>Zeros.</summary>
    public static Tensor zeros(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full(size, 0, dtype, device, requires_grad);

    /// <summary>Zeros in Float32.</summary>
    public static Tensor zeros(params ReadOnlySpan<long> size) => full(size, 0);

    /// <summary>Ones.</summary>
    public static Tensor ones(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full(size, 1, dtype, device, requires_grad);

    /// <summary>Ones in Float32.</summary>
    public static Tensor ones(params ReadOnlySpan<long> size) => full(size, 1);

    /// <summary>Unset elements in another tensor's shape, device and (unless given) type.</summary>
    public static Tensor empty_like(Tensor input, ScalarType? dtype = null) =>
        Made(lethe_empty_like(input.Handle, (int?)dtype ?? -1, out var h), h);

    /// <summary>One value in another tensor's shape, device and (unless given) type.</summary>
    public static Tensor full_like(Tensor input, Scalar value, ScalarType? dtype = null) =>
        Made(lethe_full_like(input.Handle, value.Value, value.Integral, (int?)dtype ?? -1, out var h), h);

    /// <summary>Zeros in another tensor's shape, device and (unless given) type.</summary>
    public static Tensor zeros_like(Tensor input, ScalarType? dtype = null) => full_like(input, 0, dtype);

    /// <summary>Ones in another tensor's shape, device and (unless given) type.</summary>
    public static Tensor ones_like(Tensor input, ScalarType? dtype = null) => full_like(input, 1, dtype);

    /// <summary>0, 1, … up to before stop; Int64 unless the type is given.</summary>
    public static Tensor arange(long stop, ScalarType? dtype = null, Device? device = null) => arange(0L, stop, 1L, dtype, device);

    /// <summary>start, start + step, … up to before stop; Int64 unless the type is given.</summary>
    public static Tensor arange(long start, long stop, long step = 1, ScalarType? dtype = null, Device? device = null) =>
        Made(lethe_arange(start, stop, step, (int)(dtype ?? ScalarType.Int64), Kind(device), Index(device), out var h), h);

    /// <summary>start, start + step, … up to before stop; Float32 unless the type is given.</summary>
    public static Tensor arange(double start, double stop, double step, ScalarType? dtype = null, Device? device = null) =>
        Made(lethe_arange(start, stop, step, Type(dtype), Kind(device), Index(device), out var h), h);

    /// <summary>steps numbers at equal distances from start to end inclusive.</summary>
    public static Tensor linspace(double start, double end, long steps, ScalarType? dtype = null, Device? device = null) =>
        Made(lethe_linspace(start, end, steps, Type(dtype), Kind(device), Index(device), out var h), h);

    /// <summary>The identity matrix (rows, columns or rows).</summary>
    public static Tensor eye(long rows, long? columns = null, ScalarType? dtype = null, Device? device = null) =>
        Made(lethe_eye(rows, columns ?? rows, Type(dtype), Kind(device), Index(device), out var h), h);

    /// <summary>Uniform on [0, 1).</summary>
    public static unsafe Tensor rand(ReadOnlySpan<long> size, Generator generator, ScalarType? dtype = null, bool requires_grad = false)
    {
        fixed (long* p = size)
        {
            return Made(lethe_rand(p, size.Length, generator.Handle, Type(dtype), Kind(generator.device), Index(generator.device), out var h),
                h, requires_grad);
        }
    }

    /// <summary>Standard normal.</summary>
    public static unsafe Tensor randn(ReadOnlySpan<long> size, Generator generator, ScalarType? dtype = null, bool requires_grad = false)
    {
        fixed (long* p = size)
        {
            return Made(lethe_randn(p, size.Length, generator.Handle, Type(dtype), Kind(generator.device), Index(generator.device), out var h),
                h, requires_grad);
        }
    }

    /// <summary>Whole numbers from low to before high, equally likely; Int64 unless the type is given.</summary>
    public static unsafe Tensor randint(long low, long high, ReadOnlySpan<long> size, Generator generator, ScalarType? dtype = null)
    {
        fixed (long* p = size)
        {
            return Made(lethe_randint(low, high, p, size.Length, generator.Handle, (int)(dtype ?? ScalarType.Int64), Kind(generator.device),
                Index(generator.device), out var h), h);
        }
    }

    /// <summary>0 … n - 1 in random order; Int64 unless the type is given.</summary>
    public static Tensor randperm(long n, Generator generator, ScalarType? dtype = null) =>
        Made(lethe_randperm(n, generator.Handle, (int)(dtype ?? ScalarType.Int64), Kind(generator.device), Index(generator.device),
            out var h), h);

    private static int Type(ScalarType? type) => (int)(type ?? ScalarType.Float32);

    private static int Kind(Device? device) => (int)(device ?? CPU).Type;

    private static int Index(Device? device) => (device ?? CPU).Index;

    private static Tensor Made(int status, TensorHandle handle, bool requires_grad = false)
    {
        var tensor = Tensor.Wrap(status, handle);
        return requires_grad ? tensor.requires_grad_() : tensor;
    }
}
