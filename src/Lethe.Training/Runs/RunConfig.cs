using Lethe.Core.Numerics;
using Lethe.Core.Partitions;
using Lethe.Training.Models;
using Lethe.Training.Scenarios;
using Lethe.Training.Training;

namespace Lethe.Training.Runs;

/// <summary>What a run is made of; fixed when the run is created.</summary>
public sealed record RunConfig
{
    /// <summary>The recipe, resolved (<see cref="RecipeResolution"/>).</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>The values of the recipe's <see cref="Recipe.InitialWeights"/>; stay the caller's. Null: the recipe has none.</summary>
    public PretrainedWeights? InitialWeights { get; init; }

    /// <summary>Which record is trained in which block.</summary>
    public required Partition Partition { get; init; }

    /// <summary>Record numbers that the model never sees, ascending, as if they had been forgotten before training began.</summary>
    public IReadOnlyList<int> Excluded { get; init; } = [];

    /// <summary>The training data.</summary>
    public required DatasetReference Dataset { get; init; }

    /// <summary>Text of the training data's source.</summary>
    public required string Source { get; init; }

    /// <summary>Text of the test data's source; null: none.</summary>
    public string? TestSource { get; init; }

    /// <summary>File with the subject of each record; null: none.</summary>
    public string? SubjectsFile { get; init; }

    /// <summary>File with the writer of each record (QMNIST); null: none.</summary>
    public string? WritersFile { get; init; }

    /// <summary>The network of a run imported from TorchScript, as <see cref="Models.ImportedModel.WithoutValues"/> gives it; null elsewhere.</summary>
    public byte[]? Network { get; init; }

    /// <summary>What the canaries in the data were drawn by; null: none were planted.</summary>
    public CanaryRegistry? Canaries { get; init; }

    /// <summary>How many people have a canary; null: not counted.</summary>
    public int? CanaryPeople { get; init; }

    /// <summary>The numeric profile of the machine that trains; null: this process's.</summary>
    public NumericProfile? Profile { get; init; }
}
