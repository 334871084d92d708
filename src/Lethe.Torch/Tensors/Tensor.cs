using System.Globalization;
using Lethe.Torch.Native;
using static Lethe.Torch.Native.NativeMethods;

namespace Lethe.Torch;

/// <summary>
/// A multi-dimensional array of one element type, with PyTorch's operations under PyTorch's names. It owns native memory: dispose it, or
/// make it inside a scope (<see cref="torch.NewDisposeScope"/>). Names that end in an underscore write into the tensor and return it.
/// </summary>
public sealed partial class Tensor : IDisposable
{
    internal Tensor(TensorHandle handle)
    {
        Handle = handle;
        ScopeFrame.Current?.Add(this);
    }

    internal TensorHandle Handle { get; }

    internal ScopeFrame? Scope { get; set; }

    internal int ScopeSlot { get; set; }

    /// <summary>Native tensor references in the whole process that were not yet freed.</summary>
    public static long TotalCount
    {
        get
        {
            Status.Check(lethe_live_tensors(out var count));
            return count;
        }
    }

    /// <summary>True after <see cref="Dispose"/>.</summary>
    public bool IsDisposed => Handle.IsClosed;

    /// <summary>The lengths of the dimensions.</summary>
    public long[] shape
    {
        get
        {
            var sizes = new long[(int)dim()];
            ReadSizes(sizes);
            return sizes;
        }
    }

    /// <summary>The element type.</summary>
    public ScalarType dtype
    {
        get
        {
            Status.Check(lethe_tensor_dtype(Handle, out var type));
            return (ScalarType)type;
        }
    }

    /// <summary>Where the tensor lies.</summary>
    public Device device
    {
        get
        {
            Status.Check(lethe_tensor_device(Handle, out var type, out var index));
            return type == (int)DeviceType.CPU ? torch.CPU : new Device((DeviceType)type, index);
        }
    }

    /// <summary>The number of dimensions.</summary>
    public long dim()
    {
        Status.Check(lethe_tensor_dim(Handle, out var dims));
        return dims;
    }

    /// <summary>The number of elements.</summary>
    public long numel()
    {
        Status.Check(lethe_tensor_numel(Handle, out var count));
        return count;
    }

    /// <summary>The length of a dimension; negative numbers count from the last.</summary>
    public long size(long dim)
    {
        var sizes = shape;
        var at = dim < 0 ? dim + sizes.Length : dim;
        return at >= 0 && at < sizes.Length
            ? sizes[at]
            : throw new TorchException(string.Create(CultureInfo.InvariantCulture, $"There is no dimension {dim} in a tensor of {sizes.Length} dimensions."));
    }

    /// <summary>The steps, in elements, from one index to the next in each dimension.</summary>
    public unsafe long[] stride()
    {
        var strides = new long[(int)dim()];
        fixed (long* p = strides)
            Status.Check(lethe_tensor_strides(Handle, p, strides.Length));
        return strides;
    }

    /// <summary>True when the elements lie in memory as the format says, without gaps.</summary>
    public bool is_contiguous(MemoryFormat format = MemoryFormat.Contiguous)
    {
        Status.Check(lethe_tensor_is_contiguous(Handle, (int)format, out var answer));
        return answer != 0;
    }

    /// <summary>A second reference to the same tensor, to be disposed on its own.</summary>
    public Tensor alias() => Wrap(lethe_tensor_alias(Handle, out var h), h);

    /// <summary>True when both name the same native tensor.</summary>
    public bool is_same(Tensor other)
    {
        Status.Check(lethe_tensor_is_same(Handle, other.Handle, out var answer));
        return answer != 0;
    }

    /// <summary>Hands the tensor to the scope around the innermost one; without such a scope it must be disposed by its owner.</summary>
    public Tensor MoveToOuterDisposeScope()
    {
        ScopeFrame.MoveOut(this);
        return this;
    }

    /// <summary>Takes the tensor out of all scopes: its owner must dispose it.</summary>
    public Tensor DetachFromDisposeScope()
    {
        Scope?.Remove(this);
        return this;
    }

    /// <summary>Frees this reference; the memory goes when no other reference needs it.</summary>
    public void Dispose() => Handle.Dispose();

    /// <summary>Type, shape and device, and the value of a single element.</summary>
    public override string ToString()
    {
        if (IsDisposed)
            return "disposed tensor";
        var text = $"{dtype}[{string.Join(", ", shape)}] on {device}";
        return numel() == 1 ? string.Create(CultureInfo.InvariantCulture, $"{text}: {ToDouble()}") : text;
    }

    internal static Tensor Wrap(int status, TensorHandle handle)
    {
        Status.Check(status);
        return new Tensor(handle);
    }

    internal static (Tensor, Tensor) Wrap(int status, TensorHandle first, TensorHandle second)
    {
        Status.Check(status);
        return (new Tensor(first), new Tensor(second));
    }

    private unsafe void ReadSizes(Span<long> sizes)
    {
        fixed (long* p = sizes)
            Status.Check(lethe_tensor_sizes(Handle, p, sizes.Length));
    }
}
