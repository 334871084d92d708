using Lethe.Torch;
using Lethe.Training.Datasets;
using Lethe.Training.Models;

namespace Lethe.Training.Training;

/// <summary>Records as a recipe trains on them: normalised, augmented where asked, on its device and in its layout; and its forward pass.</summary>
/// <threadsafety instance="false"/>
public sealed class TrainingSamples : IDisposable
{
    private readonly Recipe recipe;
    private readonly TensorDataset dataset;
    private readonly Device device;
    private readonly Augmenter? augmenter;

    /// <summary>Binds a resolved recipe to its data.</summary>
    /// <param name="recipe">Its normalization must be set and its precision resolved.</param>
    /// <param name="dataset">The training data; stays the caller's.</param>
    /// <param name="seed">Seed of the augmentation.</param>
    /// <exception cref="ArgumentException">The recipe is not resolved, see <see cref="RecipeResolution"/>.</exception>
    public TrainingSamples(Recipe recipe, TensorDataset dataset, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(dataset);
        if (recipe.Normalization is null)
            throw new ArgumentException("The recipe still says auto; resolve it with the training data first.", nameof(recipe));
        (this.recipe, this.dataset, device) = (recipe, dataset, torch.device(recipe.Device));
        augmenter = Augmenter.For(recipe, seed, dataset.Manifest.SampleShape, device);
    }

    /// <summary>Gives normalised samples (n, …) Float32 and labels (n) Int64 of some records, on the recipe's device.</summary>
    public (Tensor Input, Tensor Target) Read(ReadOnlySpan<int> records)
    {
        using var batch = dataset.Read(records);
        return (Lay(recipe.Normalization!.Apply(batch.Inputs).to(device)), batch.Labels.to(device).clone());
    }

    /// <summary>As <see cref="Read"/>, with the recipe's augmentation; what a record gets depends on the seed, <paramref name="pass"/> and its number only.</summary>
    public (Tensor Input, Tensor Target) ReadAugmented(ReadOnlySpan<int> records, int pass)
    {
        var (input, target) = Read(records);
        return (augmenter is null ? input : Lay(augmenter.Apply(input, 0, pass, records)), target);
    }

    /// <summary>Runs a model with the recipe's arithmetic.</summary>
    /// <param name="module">The model.</param>
    /// <param name="input">Normalised samples (n, …).</param>
    /// <returns>Logits (n, classes), Float32.</returns>
    public Tensor Logits(torch.nn.Module<Tensor, Tensor> module, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(module);
        SampleMeter.Count(input);
        using var autocast = torch.autocast(ScalarType.BFloat16, enabled: recipe.Precision == Precision.Bf16);
        return module.forward(input).to(ScalarType.Float32);
    }

    /// <summary>Moves a model to the recipe's device and layout.</summary>
    public void Place(torch.nn.Module<Tensor, Tensor> module)
    {
        ArgumentNullException.ThrowIfNull(module);
        module.to(device);
        if (ModelCatalog.IsConvolutionHeavy(recipe.Model)) module.to(MemoryFormat.ChannelsLast);
    }

    /// <inheritdoc/>
    public void Dispose() => augmenter?.Dispose();

    private Tensor Lay(Tensor input) => ModelCatalog.IsConvolutionHeavy(recipe.Model) ? input.to(MemoryFormat.ChannelsLast) : input;
}
