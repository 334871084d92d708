namespace Lethe.Torch.Modules;

/// <summary>The rectifier, max(x, 0).</summary>
public sealed class ReLU() : torch.nn.Module<Tensor, Tensor>(nameof(ReLU))
{
    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => torch.nn.functional.relu(input);
}

/// <summary>The clipped rectifier, min(max(x, 0), 6).</summary>
public sealed class ReLU6() : torch.nn.Module<Tensor, Tensor>(nameof(ReLU6))
{
    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => torch.nn.functional.relu6(input);
}

/// <summary>The Gaussian error linear unit, x·Φ(x), without approximation.</summary>
public sealed class GELU() : torch.nn.Module<Tensor, Tensor>(nameof(GELU))
{
    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => torch.nn.functional.gelu(input);
}

/// <summary>The hyperbolic tangent.</summary>
public sealed class Tanh() : torch.nn.Module<Tensor, Tensor>(nameof(Tanh))
{
    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => input.tanh();
}

/// <summary>The logistic function, 1/(1 + e^(−x)).</summary>
public sealed class Sigmoid() : torch.nn.Module<Tensor, Tensor>(nameof(Sigmoid))
{
    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => input.sigmoid();
}
