using static Lethe.Torch.Native.NativeMethods;

namespace Lethe.Torch;

public sealed partial class Tensor
{
    /// <summary>One index of the first dimension; memory is shared.</summary>
    public Tensor this[long index] => select(0, index);

    /// <summary>One index of each of the first two dimensions; memory is shared.</summary>
    public Tensor this[long first, long second]
    {
        get
        {
            using var row = select(0, first);
            return row.select(0, second);
        }
    }

    /// <summary>The rows that an Int64 tensor names, or the elements where a Bool tensor of this shape is true (copied).</summary>
    public Tensor this[Tensor index] => Wrap(lethe_index(Handle, index.Handle, out var h), h);

    /// <summary>The indices of a dimension that an Int64 vector names, in its order (copied).</summary>
    public Tensor index_select(long dim, Tensor index) => Wrap(lethe_index_select(Handle, dim, index.Handle, out var h), h);

    /// <summary>Elements picked along a dimension by an Int64 tensor of the result's shape.</summary>
    public Tensor gather(long dim, Tensor index) => Wrap(lethe_gather(Handle, dim, index.Handle, out var h), h);

    /// <summary>A copy with a number where the mask is true.</summary>
    public Tensor masked_fill(Tensor mask, Scalar value) =>
        Wrap(lethe_masked_fill(Handle, mask.Handle, value.Value, value.Integral, out var h), h);

    /// <summary>The indices of the elements that are not 0: (count, dimensions), Int64.</summary>
    public Tensor nonzero() => Wrap(lethe_nonzero(Handle, out var h), h);

    /// <summary>How often each of 0, 1, 2, … occurs in a vector of non-negative integers.</summary>
    public Tensor bincount(long minlength = 0) => Wrap(lethe_bincount(Handle, minlength, out var h), h);

    /// <summary>Writes source along a dimension at the places that index names.</summary>
    public Tensor scatter_(long dim, Tensor index, Tensor source) => Done(lethe_scatter_(Handle, dim, index.Handle, source.Handle));

    /// <summary>Writes a number along a dimension at the places that index names.</summary>
    public Tensor scatter_(long dim, Tensor index, Scalar value) =>
        Done(lethe_scatter_value_(Handle, dim, index.Handle, value.Value, value.Integral));

    /// <summary>Adds slices of source to the indices of a dimension that an Int64 vector names.</summary>
    public Tensor index_add_(long dim, Tensor index, Tensor source) => Done(lethe_index_add_(Handle, dim, index.Handle, source.Handle));

    /// <summary>Writes slices of source to the indices of a dimension that an Int64 vector names.</summary>
    public Tensor index_copy_(long dim, Tensor index, Tensor source) => Done(lethe_index_copy_(Handle, dim, index.Handle, source.Handle));

    /// <summary>Writes a number where the mask is true.</summary>
    public Tensor masked_fill_(Tensor mask, Scalar value) =>
        Done(lethe_masked_fill_(Handle, mask.Handle, value.Value, value.Integral));
}
