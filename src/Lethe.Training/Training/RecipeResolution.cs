using Lethe.Training.Datasets;

namespace Lethe.Training.Training;

/// <summary>Replaces what a recipe leaves open by what the data and the machine decide.</summary>
public static class RecipeResolution
{
    /// <summary>Gives the recipe with precision and normalization decided; validated.</summary>
    /// <param name="recipe">The wanted recipe.</param>
    /// <param name="dataset">The training data.</param>
    public static Recipe ResolvedFor(this Recipe recipe, TensorDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(dataset);
        return recipe.Validated() with
        {
            Precision = PrecisionChoice.Resolve(recipe.Precision, recipe.Model, recipe.Device),
            Normalization = recipe.Normalization ?? Normalization.FromData(dataset),
        };
    }
}
