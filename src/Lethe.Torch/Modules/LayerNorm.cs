namespace Lethe.Torch.Modules;

/// <summary>Normalisation of every sample over its last dimensions (Ba, Kiros and Hinton 2016); the shape stays.</summary>
public sealed class LayerNorm : torch.nn.Module<Tensor, Tensor>
{
    private readonly long[] _normalizedShape;
    private readonly double _eps;

    internal LayerNorm(long[] normalized_shape, double eps, bool elementwise_affine, Device? device)
        : base(nameof(LayerNorm))
    {
        (_normalizedShape, _eps) = (normalized_shape, eps);
        if (!elementwise_affine)
            return;
        register_parameter(nameof(weight), weight = torch.nn.Parameter(torch.ones(normalized_shape, device: device)));
        register_parameter(nameof(bias), bias = torch.nn.Parameter(torch.zeros(normalized_shape, device: device)));
    }

    /// <summary>The scale, of the normalised shape, or null.</summary>
    public Tensor? weight { get; }

    /// <summary>The shift, of the normalised shape, or null.</summary>
    public Tensor? bias { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => torch.nn.functional.layer_norm(input, _normalizedShape, weight, bias, _eps);
}
