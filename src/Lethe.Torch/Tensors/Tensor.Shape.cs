using static Lethe.Torch.Native.NativeMethods;

namespace Lethe.Torch;

public sealed partial class Tensor
{
    /// <summary>The same elements in another shape, copied only if needed; one length may be -1.</summary>
    public unsafe Tensor reshape(params ReadOnlySpan<long> shape)
    {
        fixed (long* p = shape)
            return Wrap(lethe_reshape(Handle, p, shape.Length, out var h), h);
    }

    /// <summary>The same memory in another shape; one length may be -1.</summary>
    public unsafe Tensor view(params ReadOnlySpan<long> shape)
    {
        fixed (long* p = shape)
            return Wrap(lethe_view(Handle, p, shape.Length, out var h), h);
    }

    /// <summary>The dimensions in another order; memory is shared.</summary>
    public unsafe Tensor permute(params ReadOnlySpan<long> dims)
    {
        fixed (long* p = dims)
            return Wrap(lethe_permute(Handle, p, dims.Length, out var h), h);
    }

    /// <summary>Dimensions of length 1 repeated without copying; -1 keeps a length.</summary>
    public unsafe Tensor expand(params ReadOnlySpan<long> sizes)
    {
        fixed (long* p = sizes)
            return Wrap(lethe_expand(Handle, p, sizes.Length, out var h), h);
    }

    /// <summary>Copies of the tensor side by side, so many times in each dimension.</summary>
    public unsafe Tensor repeat(params ReadOnlySpan<long> sizes)
    {
        fixed (long* p = sizes)
            return Wrap(lethe_repeat(Handle, p, sizes.Length, out var h), h);
    }

    /// <summary>The order along dimensions reversed (copied).</summary>
    public unsafe Tensor flip(params ReadOnlySpan<long> dims)
    {
        fixed (long* p = dims)
            return Wrap(lethe_flip(Handle, p, dims.Length, out var h), h);
    }

    /// <summary>Two dimensions swapped; memory is shared.</summary>
    public Tensor transpose(long dim0, long dim1) => Wrap(lethe_transpose(Handle, dim0, dim1, out var h), h);

    /// <summary>A matrix with rows and columns swapped; memory is shared.</summary>
    public Tensor t() => dim() < 2 ? alias() : transpose(0, 1);

    /// <summary>Dimensions from start to end merged into one.</summary>
    public Tensor flatten(long start_dim = 0, long end_dim = -1) => Wrap(lethe_flatten(Handle, start_dim, end_dim, out var h), h);

    /// <summary>A dimension of length 1 added before dim.</summary>
    public Tensor unsqueeze(long dim) => Wrap(lethe_unsqueeze(Handle, dim, out var h), h);

    /// <summary>All dimensions of length 1 removed.</summary>
    public Tensor squeeze() => Wrap(lethe_squeeze(Handle, out var h), h);

    /// <summary>A dimension removed if its length is 1.</summary>
    public Tensor squeeze(long dim) => Wrap(lethe_squeeze_dim(Handle, dim, out var h), h);

    /// <summary>A part of a dimension; memory is shared.</summary>
    public Tensor narrow(long dim, long start, long length) => Wrap(lethe_narrow(Handle, dim, start, length, out var h), h);

    /// <summary>One index of a dimension, which goes away; memory is shared.</summary>
    public Tensor select(long dim, long index) => Wrap(lethe_select(Handle, dim, index, out var h), h);

    /// <summary>Every step-th index from start to before finish; memory is shared.</summary>
    public Tensor slice(long dim, long start, long finish, long step = 1) => Wrap(lethe_slice(Handle, dim, start, finish, step, out var h), h);

    /// <summary>Elements moved along a dimension, those that leave come in at the other end.</summary>
    public Tensor roll(long shift, long dim) => Wrap(lethe_roll(Handle, shift, dim, out var h), h);

    /// <summary>Sliding windows of a dimension, appended as the last dimension; memory is shared.</summary>
    public Tensor unfold(long dimension, long size, long step) => Wrap(lethe_unfold(Handle, dimension, size, step, out var h), h);

    /// <summary>The lower triangle of matrices, the rest 0.</summary>
    public Tensor tril(long diagonal = 0) => Wrap(lethe_tril(Handle, diagonal, out var h), h);

    /// <summary>The upper triangle of matrices, the rest 0.</summary>
    public Tensor triu(long diagonal = 0) => Wrap(lethe_triu(Handle, diagonal, out var h), h);

    /// <summary>This tensor if it lies as the format says, else a copy that does.</summary>
    public Tensor contiguous(MemoryFormat format = MemoryFormat.Contiguous) => Wrap(lethe_contiguous(Handle, (int)format, out var h), h);

    /// <summary>A copy, recorded for differentiation.</summary>
    public Tensor clone() => Wrap(lethe_clone(Handle, out var h), h);

    /// <summary>Converted elements, or this tensor again when they have the type already.</summary>
    public Tensor to(ScalarType type, bool copy = false) => To((int)type, null, PreserveFormat, copy);

    /// <summary>On another device, or this tensor again when it is there already.</summary>
    public Tensor to(Device device, bool copy = false) => To(-1, device, PreserveFormat, copy);

    /// <summary>In another order of memory, or this tensor again when it lies so already.</summary>
    public Tensor to(MemoryFormat format, bool copy = false) => To(-1, null, (int)format, copy);

    /// <summary>Converted and moved.</summary>
    public Tensor to(ScalarType type, Device device, bool copy = false) => To((int)type, device, PreserveFormat, copy);

    /// <summary>In main memory.</summary>
    public Tensor cpu() => to(torch.CPU);

    private const int PreserveFormat = 1;

    private Tensor To(int type, Device? device, int format, bool copy) =>
        Wrap(lethe_to(Handle, type, device is null ? -1 : (int)device.Type, device?.Index ?? -1, format, copy ? 1 : 0, out var h), h);
}
