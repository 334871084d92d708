using Lethe.Torch;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Methods.Aru;

/// <summary>Where the noise drives the loss.</summary>
internal enum AttackDirection
{
    /// <summary>Down: error-minimising noise, as the surviving code of an author.</summary>
    Minimize,

    /// <summary>Up: an adversarial attack, as the paper's text.</summary>
    Maximize,
}

/// <summary>
/// Noise of its own for each record: projected gradient descent on the sign of the gradient (Madry et al. 2018) from a random start within
/// <paramref name="epsilon"/>.
/// </summary>
/// <param name="logits">The model that is attacked, in evaluation mode: inputs (n, …) → logits (n, classes).</param>
/// <param name="space">The inputs' range.</param>
/// <param name="generator">Draws the start.</param>
/// <param name="direction">Where the loss goes.</param>
/// <param name="epsilon">Largest change of an un-normalised input.</param>
/// <param name="rate">Change of a step.</param>
/// <param name="steps">Number of steps.</param>
internal sealed class ForgetNoise(
    Func<Tensor, Tensor> logits, InputSpace space, Generator generator, AttackDirection direction, double epsilon, double rate, int steps)
{
    /// <summary>The noise of the attack (n, …), as a difference of normalised inputs.</summary>
    public Tensor Attack(Tensor input, Tensor target) => From(Start(input), input, target);

    /// <summary>The attack's noise from a given start.</summary>
    public Tensor From(Tensor start, Tensor input, Tensor target)
    {
        using var scope = torch.NewDisposeScope();
        var candidate = start.alias();
        for (var step = 0; step < steps; step++)
        {
            var point = candidate.detach().requires_grad_();
            var gradient = torch.autograd.grad([F.cross_entropy(logits(point), target, reduction: torch.nn.Reduction.Sum)], [point])[0]!;
            using var noGrad = torch.no_grad();
            var change = space.Step(gradient.sign(), rate);
            candidate = space.Project(direction == AttackDirection.Minimize ? candidate - change : candidate + change, input, epsilon);
        }
        return (candidate.detach() - input).MoveToOuterDisposeScope();
    }

    /// <summary>Noise without an attack: the random start alone.</summary>
    public Tensor Uniform(Tensor input) => Start(input) - input;

    private Tensor Start(Tensor input)
    {
        using var noGrad = torch.no_grad();
        return space.Project(input + space.Step(torch.empty_like(input).uniform_(-1, 1, generator), epsilon), input, epsilon);
    }
}
