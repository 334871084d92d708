using static Lethe.Torch.Native.NativeMethods;

namespace Lethe.Torch;

public sealed partial class Tensor
{
    /// <summary>The sum of all elements.</summary>
    /// <param name="dtype">Converts first, when given.</param>
    public Tensor sum(ScalarType? dtype = null) => sum([], false, dtype);

    /// <summary>Sums along a dimension.</summary>
    public Tensor sum(int dim, bool keepdim = false, ScalarType? dtype = null) => sum([dim], keepdim, dtype);

    /// <summary>Sums along dimensions; none means all.</summary>
    public unsafe Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? dtype = null)
    {
        fixed (long* p = dim)
            return Wrap(lethe_sum(Handle, p, dim.Length, keepdim ? 1 : 0, (int?)dtype ?? -1, out var h), h);
    }

    /// <summary>The mean of all elements.</summary>
    /// <param name="dtype">Converts first, when given.</param>
    public Tensor mean(ScalarType? dtype = null) => mean([], false, dtype);

    /// <summary>Means along a dimension.</summary>
    public Tensor mean(int dim, bool keepdim = false, ScalarType? dtype = null) => mean([dim], keepdim, dtype);

    /// <summary>Means along dimensions; none means all.</summary>
    public unsafe Tensor mean(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? dtype = null)
    {
        fixed (long* p = dim)
            return Wrap(lethe_mean(Handle, p, dim.Length, keepdim ? 1 : 0, (int?)dtype ?? -1, out var h), h);
    }

    /// <summary>The variance of all elements, divided by n - 1 when unbiased, else by n.</summary>
    public Tensor var(bool unbiased = true) => var([], unbiased);

    /// <summary>Variances along a dimension.</summary>
    public Tensor var(long dim, bool unbiased = true, bool keepdim = false) => var([dim], unbiased, keepdim);

    /// <summary>Variances along dimensions; none means all.</summary>
    public unsafe Tensor var(ReadOnlySpan<long> dim, bool unbiased = true, bool keepdim = false)
    {
        fixed (long* p = dim)
            return Wrap(lethe_var(Handle, p, dim.Length, keepdim ? 1 : 0, unbiased ? 1 : 0, out var h), h);
    }

    /// <summary>Standard deviations along dimensions; none means all.</summary>
    public Tensor std(ReadOnlySpan<long> dim, bool unbiased = true, bool keepdim = false)
    {
        using var variance = var(dim, unbiased, keepdim);
        return variance.sqrt();
    }

    /// <summary>The standard deviation of all elements.</summary>
    public Tensor std(bool unbiased = true) => std([], unbiased);

    /// <summary>The p-norm of all elements taken as one vector; p may be infinite.</summary>
    public Tensor norm(double p = 2) => norm([], p);

    /// <summary>The p-norms along dimensions; none means all.</summary>
    public unsafe Tensor norm(ReadOnlySpan<long> dim, double p = 2, bool keepdim = false)
    {
        fixed (long* d = dim)
            return Wrap(lethe_norm(Handle, p, d, dim.Length, keepdim ? 1 : 0, out var h), h);
    }

    /// <summary>log(sum(exp(x))) along dimensions; none means all.</summary>
    public unsafe Tensor logsumexp(ReadOnlySpan<long> dim, bool keepdim = false)
    {
        fixed (long* p = dim)
            return Wrap(lethe_logsumexp(Handle, p, dim.Length, keepdim ? 1 : 0, out var h), h);
    }

    /// <summary>The largest elements along dimensions; none means all.</summary>
    public unsafe Tensor amax(ReadOnlySpan<long> dim, bool keepdim = false)
    {
        fixed (long* p = dim)
            return Wrap(lethe_amax(Handle, p, dim.Length, keepdim ? 1 : 0, out var h), h);
    }

    /// <summary>The smallest elements along dimensions; none means all.</summary>
    public unsafe Tensor amin(ReadOnlySpan<long> dim, bool keepdim = false)
    {
        fixed (long* p = dim)
            return Wrap(lethe_amin(Handle, p, dim.Length, keepdim ? 1 : 0, out var h), h);
    }

    /// <summary>The largest element.</summary>
    public Tensor max() => amax([]);

    /// <summary>The smallest element.</summary>
    public Tensor min() => amin([]);

    /// <summary>The largest elements along a dimension, and where they are.</summary>
    public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) =>
        Wrap(lethe_max_dim(Handle, dim, keepdim ? 1 : 0, out var v, out var i), v, i);

    /// <summary>The smallest elements along a dimension, and where they are.</summary>
    public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) =>
        Wrap(lethe_min_dim(Handle, dim, keepdim ? 1 : 0, out var v, out var i), v, i);

    /// <summary>The index of the largest element of the flattened tensor.</summary>
    public Tensor argmax() => Wrap(lethe_argmax(Handle, 0, 0, 0, out var h), h);

    /// <summary>The indices of the largest elements along a dimension.</summary>
    public Tensor argmax(long dim, bool keepdim = false) => Wrap(lethe_argmax(Handle, 1, dim, keepdim ? 1 : 0, out var h), h);

    /// <summary>The index of the smallest element of the flattened tensor.</summary>
    public Tensor argmin() => Wrap(lethe_argmin(Handle, 0, 0, 0, out var h), h);

    /// <summary>The indices of the smallest elements along a dimension.</summary>
    public Tensor argmin(long dim, bool keepdim = false) => Wrap(lethe_argmin(Handle, 1, dim, keepdim ? 1 : 0, out var h), h);

    /// <summary>The product of all elements.</summary>
    public Tensor prod() => Wrap(lethe_prod(Handle, out var h), h);

    /// <summary>Running sums along a dimension.</summary>
    public Tensor cumsum(long dim) => Wrap(lethe_cumsum(Handle, dim, out var h), h);

    /// <summary>The elements in order along a dimension (stable), and where they came from.</summary>
    public (Tensor values, Tensor indexes) sort(long dim = -1, bool descending = false) =>
        Wrap(lethe_sort(Handle, dim, descending ? 1 : 0, out var v, out var i), v, i);

    /// <summary>The indices that sort a dimension (stable).</summary>
    public Tensor argsort(long dim = -1, bool descending = false)
    {
        var (values, indexes) = sort(dim, descending);
        values.Dispose();
        return indexes;
    }

    /// <summary>The k largest (or smallest) elements along a dimension, and where they are.</summary>
    public (Tensor values, Tensor indexes) topk(long k, long dim = -1, bool largest = true, bool sorted = true) =>
        Wrap(lethe_topk(Handle, k, dim, largest ? 1 : 0, sorted ? 1 : 0, out var v, out var i), v, i);
}
