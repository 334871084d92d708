using Lethe.Torch.Native;

namespace Lethe.Torch.Optim;

/// <summary>Stochastic gradient descent with (Nesterov) momentum and weight decay, as PyTorch defines it.</summary>
/// <remarks>
/// g ← g + λ·p; m ← μ·m + (1 − τ)·g (m ← g at the first step); g ← g + μ·m with Nesterov, else m; p ← p − η·g.
/// </remarks>
public sealed record SgdRule : UpdateRule
{
    /// <summary>Makes the rule.</summary>
    /// <param name="momentum">The factor μ of the running sum of gradients; 0 keeps none.</param>
    /// <param name="dampening">The share τ of each gradient that is left out of the running sum.</param>
    /// <param name="weightDecay">The factor λ of the L2 penalty.</param>
    /// <param name="nesterov">Whether momentum looks ahead; needs momentum and no dampening.</param>
    /// <exception cref="ArgumentException">A value is out of range, or Nesterov momentum comes without momentum or with dampening.</exception>
    public SgdRule(double momentum = 0, double dampening = 0, double weightDecay = 0, bool nesterov = false)
    {
        if (nesterov && (!(momentum > 0) || dampening != 0))
            throw new ArgumentException("Nesterov momentum needs a momentum above 0 and a dampening of 0.", nameof(nesterov));
        Momentum = NonNegative(momentum, nameof(momentum));
        Dampening = dampening;
        WeightDecay = NonNegative(weightDecay, nameof(weightDecay));
        Nesterov = nesterov;
    }

    /// <summary>The factor of the running sum of gradients.</summary>
    public double Momentum { get; }

    /// <summary>The share of each gradient that is left out of the running sum.</summary>
    public double Dampening { get; }

    /// <summary>The factor of the L2 penalty.</summary>
    public double WeightDecay { get; }

    /// <summary>Whether momentum looks ahead.</summary>
    public bool Nesterov { get; }

    internal override IReadOnlyList<string> Slots => Momentum == 0 ? [] : ["momentum_buffer"];

    internal override bool CountsSteps => false;

    private protected override void Step(
        IReadOnlyList<Tensor> parameters, IReadOnlyList<Tensor?>? gradients, OptimizerState state, double learningRate) =>
        OptimizerSteps.Sgd(
            parameters, gradients, Momentum == 0 ? null : state.Slot(0), state.Steps, learningRate, Momentum, Dampening, WeightDecay, Nesterov);
}
