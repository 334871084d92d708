using Lethe.Torch;
using Lethe.Training.Training;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Methods.Resetting;

/// <summary>
/// Sums gradients of the mean cross-entropy of batches with respect to some weights of a model, in training mode: batch normalisation works
/// with the batch's own statistics. The running ones that this moves are put back at the end.
/// </summary>
internal sealed class GradientSum : IDisposable
{
    private readonly torch.nn.Module _module;
    private readonly Func<Tensor, Tensor> _logits;
    private readonly IReadOnlyList<ResetLayer> _layers;
    private readonly Tensor[] _weights, _sums;
    private readonly StateDict _before;

    /// <param name="module">The model; in training mode afterwards.</param>
    /// <param name="logits">Runs it: inputs (n, …) → logits (n, classes).</param>
    /// <param name="layers">Weights of the model that require gradients; one that the loss does not depend on has the gradient 0.</param>
    public GradientSum(torch.nn.Module module, Func<Tensor, Tensor> logits, IReadOnlyList<ResetLayer> layers)
    {
        (_module, _logits, _layers) = (module, logits, layers);
        _weights = [.. layers.Select(layer => layer.Weight)];
        _before = StateDict.FromModule(module);
        using var noGrad = torch.no_grad();
        _sums = [.. _weights.Select(weight => torch.zeros_like(weight))];
        module.train();
    }

    /// <summary>Adds <paramref name="factor"/> times the gradient of a batch.</summary>
    /// <param name="input">Samples as the model takes them (n, …), n ≥ 2 where there is batch normalisation.</param>
    /// <param name="target">Labels (n).</param>
    /// <param name="factor">1 or −1.</param>
    public void Add(Tensor input, Tensor target, double factor)
    {
        using var scope = torch.NewDisposeScope();
        var gradients = torch.autograd.grad([F.cross_entropy(_logits(input), target)], _weights, allow_unused: true);
        using var noGrad = torch.no_grad();
        for (var i = 0; i < _sums.Length; i++)
            if (gradients[i] is { } gradient) _sums[i].add_(gradient, factor);
    }

    /// <summary>|mean over each slice| of the sum, one value a slice.</summary>
    public float[] Scores(int layer)
    {
        using var scope = torch.NewDisposeScope();
        return _layers[layer].Means(_sums[layer]).abs().cpu().data<float>();
    }

    public void Dispose()
    {
        _before.CopyTo(_module);
        _before.Dispose();
        foreach (var sum in _sums) sum.Dispose();
    }
}
