using Lethe.Core.Errors;
using Lethe.Core.Numerics;
using Lethe.Core.Records;
using Lethe.Torch;
using Lethe.Training.Models;
using Lethe.Training.Training;

namespace Lethe.Training.Runs;

/// <content>Builds the run's models.</content>
public sealed partial class Run
{
    private const ulong InitialWeightsStream = 0x1217;

    /// <summary>Architecture of the model.</summary>
    public ModelSpec ModelSpec => new(Recipe.Model, Dataset.SampleShape, Dataset.ClassNames.Count, Recipe.ModelOptions);

    /// <summary>Builds the model that the run serves, with initial weights: for SISA the ensemble of all shards, else <see cref="CreateMember"/>.</summary>
    public torch.nn.Module<Tensor, Tensor> CreateModel() => Recipe.Scheme == TrainingScheme.Sisa
        ? new EnsembleModel([.. Enumerable.Range(0, Recipe.Shards).Select(_ => CreateMember())], Recipe.Aggregation)
        : CreateMember();

    /// <summary>Builds the model that checkpoints hold, with its initial weights, M_0, on the CPU; those of an imported run are unknown: zero here for TorchScript, else random.</summary>
    public torch.nn.Module<Tensor, Tensor> CreateMember() =>
        CreateInitialModel(CounterRandom.DeriveSeed(Recipe.Seed, InitialWeightsStream));

    /// <summary>Builds the model as a training with other random numbers would begin, on the CPU.</summary>
    /// <param name="seed">
    /// Seed of what starts at random: all weights, or where the recipe has <see cref="Recipe.InitialWeights"/>, the layers that these leave out.
    /// </param>
    /// <exception cref="StoreDamagedException">The initial weights are missing or damaged.</exception>
    public torch.nn.Module<Tensor, Tensor> CreateInitialModel(ulong seed)
    {
        var model = CreateRandomModel(seed);
        if (Recipe.InitialWeights is { } initial)
        {
            using var values = Load(initial.Digest);
            values.CopyInto(model);
        }
        return model;
    }

    /// <summary>Builds the served model and fills it with a stored state.</summary>
    public torch.nn.Module<Tensor, Tensor> CreateModel(Digest state)
    {
        using var values = Load(state);
        var model = Recipe.Scheme == TrainingScheme.Sisa ? CreateModel() : CreateRandomModel(Recipe.Seed);
        values.CopyTo(model);
        return model;
    }

    private torch.nn.Module<Tensor, Tensor> CreateRandomModel(ulong seed)
    {
        if (description.Network is { } network)
        {
            return ImportedModel.Open(Store.Get(network), $"Object {network} of run {Directory}");
        }
        using var generator = new Generator(seed);
        return ModelCatalog.Create(ModelSpec, generator);
    }
}
