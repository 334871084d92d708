namespace Lethe.Torch.Modules;

/// <summary>Cross entropy between class scores (N, C) and class numbers (N, Int64).</summary>
public sealed class CrossEntropyLoss : torch.nn.Module<Tensor, Tensor, Tensor>
{
    private readonly Tensor? _weight;
    private readonly long _ignoreIndex;
    private readonly torch.nn.Reduction _reduction;
    private readonly double _labelSmoothing;

    internal CrossEntropyLoss(Tensor? weight, long ignore_index, torch.nn.Reduction reduction, double label_smoothing)
        : base(nameof(CrossEntropyLoss))
    {
        (_weight, _ignoreIndex, _reduction, _labelSmoothing) = (weight, ignore_index, reduction, label_smoothing);
        if (weight is not null)
            register_buffer("weight", weight);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input, Tensor target) =>
        torch.nn.functional.cross_entropy(input, target, _weight, _ignoreIndex, _reduction, _labelSmoothing);
}

/// <summary>Negative log-likelihood of class numbers (N, Int64) under log-probabilities (N, C).</summary>
public sealed class NLLLoss : torch.nn.Module<Tensor, Tensor, Tensor>
{
    private readonly Tensor? _weight;
    private readonly long _ignoreIndex;
    private readonly torch.nn.Reduction _reduction;

    internal NLLLoss(Tensor? weight, long ignore_index, torch.nn.Reduction reduction)
        : base(nameof(NLLLoss))
    {
        (_weight, _ignoreIndex, _reduction) = (weight, ignore_index, reduction);
        if (weight is not null)
            register_buffer("weight", weight);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input, Tensor target) =>
        torch.nn.functional.nll_loss(input, target, _weight, _ignoreIndex, _reduction);
}

/// <summary>Squared difference of two tensors of one shape.</summary>
public sealed class MSELoss : torch.nn.Module<Tensor, Tensor, Tensor>
{
    private readonly torch.nn.Reduction _reduction;

    internal MSELoss(torch.nn.Reduction reduction)
        : base(nameof(MSELoss)) => _reduction = reduction;

    /// <inheritdoc/>
    public override Tensor forward(Tensor input, Tensor target) => torch.nn.functional.mse_loss(input, target, _reduction);
}
