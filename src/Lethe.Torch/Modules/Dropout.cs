namespace Lethe.Torch.Modules;

/// <summary>In training mode zeroes each element with probability p and scales the others by 1/(1 − p); otherwise returns its input.</summary>
/// <remarks>The masks come from the generator given at construction, which the caller owns and may advance or restore.</remarks>
public sealed class Dropout : torch.nn.Module<Tensor, Tensor>
{
    private readonly Generator _generator;

    internal Dropout(double p, Generator generator)
        : base(nameof(Dropout))
    {
        if (p is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(p), p, "The probability of dropout lies between 0 and 1.");
        this.p = p;
        _generator = generator;
    }

    /// <summary>The probability that an element is zeroed, between 0 and 1.</summary>
    public double p { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => torch.nn.functional.dropout(input, p, training, _generator);
}
