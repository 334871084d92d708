using Lethe.Torch;

namespace Lethe.Training.Training;

/// <summary>Makes the optimizer of a recipe with empty state.</summary>
public static class Optimizers
{
    /// <summary>Makes it over all parameters of a module.</summary>
    public static torch.optim.Optimizer Create(Recipe recipe, torch.nn.Module module, double learningRate) => recipe.Optimizer switch
    {
        OptimizerKind.Adam => torch.optim.Adam(module.parameters(), learningRate, weight_decay: recipe.WeightDecay),
        OptimizerKind.Adamw => torch.optim.AdamW(module.parameters(), learningRate, weight_decay: recipe.WeightDecay),
        _ => torch.optim.SGD(
            module.parameters(), learningRate, recipe.Momentum, weight_decay: recipe.WeightDecay, nesterov: recipe.Nesterov),
    };
}
