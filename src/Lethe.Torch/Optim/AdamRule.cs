using Lethe.Torch.Native;

namespace Lethe.Torch.Optim;

/// <summary>Adam (Kingma and Ba 2015), with weight decay in the gradient or decoupled (AdamW, Loshchilov and Hutter 2019).</summary>
public sealed record AdamRule : UpdateRule
{
    /// <summary>Makes the rule.</summary>
    /// <param name="beta1">The decay of the mean of gradients, from 0 up to 1.</param>
    /// <param name="beta2">The decay of the mean of squared gradients, from 0 up to 1.</param>
    /// <param name="eps">Added to the denominator.</param>
    /// <param name="weightDecay">The factor of the penalty, or of the decoupled decay.</param>
    /// <param name="decoupled">Whether decay acts on the parameters directly (AdamW) instead of through the gradient.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public AdamRule(double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weightDecay = 0, bool decoupled = false)
    {
        Beta1 = Fraction(beta1, nameof(beta1));
        Beta2 = Fraction(beta2, nameof(beta2));
        Eps = NonNegative(eps, nameof(eps));
        WeightDecay = NonNegative(weightDecay, nameof(weightDecay));
        Decoupled = decoupled;
    }

    /// <summary>The decay of the mean of gradients.</summary>
    public double Beta1 { get; }

    /// <summary>The decay of the mean of squared gradients.</summary>
    public double Beta2 { get; }

    /// <summary>Added to the denominator.</summary>
    public double Eps { get; }

    /// <summary>The factor of the penalty, or of the decoupled decay.</summary>
    public double WeightDecay { get; }

    /// <summary>Whether decay acts on the parameters directly.</summary>
    public bool Decoupled { get; }

    internal override IReadOnlyList<string> Slots => ["exp_avg", "exp_avg_sq"];

    internal override bool CountsSteps => true;

    private protected override void Step(
        IReadOnlyList<Tensor> parameters, IReadOnlyList<Tensor?>? gradients, OptimizerState state, double learningRate) =>
        OptimizerSteps.Adam(
            parameters, gradients, state.Slot(0), state.Slot(1), state.Steps, learningRate, Beta1, Beta2, Eps, WeightDecay, Decoupled);
}
