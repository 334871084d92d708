namespace Lethe.Training.Training;

/// <summary>The optimizer of a recipe.</summary>
public enum OptimizerKind
{
    /// <summary>Stochastic gradient descent with optional (Nesterov) momentum.</summary>
    Sgd,

    /// <summary>Adam with weight decay added to the gradient.</summary>
    Adam,

    /// <summary>Adam with decoupled weight decay.</summary>
    Adamw,
}

/// <summary>How the learning rate depends on the step: the block, or in plain training the epoch.</summary>
public enum ScheduleKind
{
    /// <summary>The same rate in every step.</summary>
    Constant,

    /// <summary>Falls linearly, and would reach 0 one step after the last.</summary>
    Linear,

    /// <summary>Falls along half a cosine, and would reach 0 one step after the last.</summary>
    Cosine,

    /// <summary>Falls as 1 / (1 + t / τ), t the number of steps done, τ = <see cref="Recipe.InverseScale"/> × steps.</summary>
    Inverse,
}

/// <summary>The arithmetic of the forward pass.</summary>
public enum Precision
{
    /// <summary>Chosen when training starts by <see cref="PrecisionChoice.Resolve"/>; a stored recipe never holds it.</summary>
    Auto,

    /// <summary>32-bit floats everywhere.</summary>
    Fp32,

    /// <summary>Autocast: matrix products and convolutions in bfloat16, parameters and losses in 32-bit floats.</summary>
    Bf16,
}
