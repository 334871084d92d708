namespace Lethe.Torch.Modules;

/// <summary>An affine map of the last dimension: (…, in) → (…, out), y = x·Wᵀ + b.</summary>
public sealed class Linear : torch.nn.Module<Tensor, Tensor>
{
    internal Linear(long inputSize, long outputSize, bool hasBias, Generator generator)
        : base(nameof(Linear))
    {
        in_features = inputSize;
        out_features = outputSize;
        weight = DefaultInitialization.Weight([outputSize, inputSize], inputSize, generator);
        register_parameter(nameof(weight), weight);
        if (!hasBias)
            return;
        bias = DefaultInitialization.Bias(outputSize, inputSize, generator);
        register_parameter(nameof(bias), bias);
    }

    /// <summary>The size of an input's last dimension.</summary>
    public long in_features { get; }

    /// <summary>The size of a result's last dimension.</summary>
    public long out_features { get; }

    /// <summary>The weight of shape (out, in).</summary>
    public Tensor weight { get; }

    /// <summary>The bias of shape (out), or null.</summary>
    public Tensor? bias { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => torch.nn.functional.linear(input, weight, bias);
}
