namespace Lethe.Torch.Optim;

/// <summary>
/// How parameters follow their gradients: an immutable value that holds hyper-parameters only. All that changes from step to
/// step is in the <see cref="OptimizerState"/> that is passed in.
/// </summary>
/// <remarks>The same parameters, gradients, state and rate give the same result, whatever ran before.</remarks>
public abstract record UpdateRule
{
    /// <summary>The names of the arrays that the rule keeps for each parameter; each has the parameter's shape.</summary>
    internal abstract IReadOnlyList<string> Slots { get; }

    /// <summary>Whether a parameter's state holds the number of steps it took.</summary>
    internal abstract bool CountsSteps { get; }

    /// <summary>Makes the state before the first step.</summary>
    /// <param name="parameters">The parameters with their names, in the order of the later steps.</param>
    /// <exception cref="ArgumentException">A name occurs twice.</exception>
    public OptimizerState Init(IReadOnlyList<(string name, Tensor parameter)> parameters) => new(parameters, Slots, CountsSteps);

    /// <summary>Takes one step: writes new values into the parameters and the state. Parameters without a gradient stay as they are.</summary>
    /// <param name="parameters">The parameters, in the order of <see cref="Init"/>.</param>
    /// <param name="gradients">The gradient of each parameter, any of which may be null; the parameters' own when the list is null.</param>
    /// <param name="state">The state made by <see cref="Init"/> for these parameters and this kind of rule.</param>
    /// <param name="learningRate">The learning rate, at least 0.</param>
    /// <exception cref="ArgumentException">The lists differ in length, the state belongs to another rule, or the rate is negative or not a number.</exception>
    /// <exception cref="TorchException">A gradient does not fit its parameter.</exception>
    public void Apply(IReadOnlyList<Tensor> parameters, IReadOnlyList<Tensor?>? gradients, OptimizerState state, double learningRate)
    {
        if (parameters.Count != state.Count || (gradients is not null && gradients.Count != state.Count))
        {
            throw new ArgumentException(
                $"The state was made for {state.Count} parameters, but {parameters.Count} parameters and {gradients?.Count ?? parameters.Count} gradients came.",
                nameof(parameters));
        }

        if (!state.Slots.SequenceEqual(Slots))
            throw new ArgumentException($"The state holds [{string.Join(", ", state.Slots)}]; {GetType().Name} needs [{string.Join(", ", Slots)}].", nameof(state));
        if (!(learningRate >= 0))
            throw new ArgumentException($"The learning rate must be at least 0, not {learningRate}.", nameof(learningRate));
        Step(parameters, gradients, state, learningRate);
    }

    private protected abstract void Step(
        IReadOnlyList<Tensor> parameters, IReadOnlyList<Tensor?>? gradients, OptimizerState state, double learningRate);

    private protected static double Fraction(double value, string name) =>
        value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 0 and less than 1.");

    private protected static double NonNegative(double value, string name) =>
        value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 0.");
}
