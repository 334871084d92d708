namespace Lethe.Torch.Modules;

/// <summary>Returns its input.</summary>
public sealed class Identity() : torch.nn.Module<Tensor, Tensor>(nameof(Identity))
{
    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => input;
}

/// <summary>Joins a range of dimensions into one: by default (N, …) → (N, product).</summary>
public sealed class Flatten : torch.nn.Module<Tensor, Tensor>
{
    private readonly long _startDim, _endDim;

    internal Flatten(long start_dim, long end_dim)
        : base(nameof(Flatten)) => (_startDim, _endDim) = (start_dim, end_dim);

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => input.flatten(_startDim, _endDim);
}
