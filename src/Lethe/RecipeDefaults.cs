using System.Globalization;
using Lethe.Core.Errors;
using Lethe.Reports;
using Lethe.Training.Models;
using Lethe.Training.Training;

namespace Lethe;

/// <summary>The recipe of each model when nothing else is asked for. The choices are ours; the paper names none.</summary>
public static class RecipeDefaults
{
    private const double ScriptLearningRate = 0.05;
    private const double ScriptMomentum = 0.9;
    private const int ScriptBatchSize = 64;
    private const double DeepLearningRate = 0.05;
    private const double TransformerLearningRate = 3e-4;
    private const double TransformerWeightDecay = 0.05;
    private const double DeepMomentum = 0.9;
    private const int DeepBatchSize = 128;
    private const int DeepBlocks = 50;
    private const string DeepAugment = "flip+crop:4";
    private const int DefaultShards = 20;
    private const int DefaultSlices = 10;

    /// <summary>The default recipe of a model.</summary>
    /// <param name="model">A name of <see cref="LetheEngine.Models"/>.</param>
    /// <param name="scheme">How it is trained.</param>
    /// <exception cref="Core.Errors.UsageException">The model is unknown.</exception>
    public static Recipe For(string model, TrainingScheme scheme = TrainingScheme.DeepObliviate) =>
        scheme switch
        {
            TrainingScheme.Plain => Blockwise(model) with { Scheme = scheme, Blocks = 1, EpochsPerBlock = Recipe.DefaultPlainEpochs },
            TrainingScheme.Sisa => Sharded(Blockwise(model), DefaultShards, DefaultSlices, Recipe.DefaultPlainEpochs),
            _ => Blockwise(model) with { Scheme = scheme },
        };

    /// <summary>What methods train an imported model with: as Lethe trains that network, but at a constant rate and without augmentation.</summary>
    /// <param name="model">A name of <see cref="LetheEngine.Models"/>, or <see cref="ImportedModel.ModelName"/>.</param>
    internal static Recipe Imported(string model)
    {
        var own = model == ImportedModel.ModelName
            ? new Recipe { Model = model, LearningRate = ScriptLearningRate, Momentum = ScriptMomentum, BatchSize = ScriptBatchSize }
            : Blockwise(model);
        return own with
        {
            Scheme = TrainingScheme.Imported,
            Blocks = 1,
            EpochsPerBlock = 1,
            Schedule = ScheduleKind.Constant,
            Augment = Recipe.DefaultAugment,
            Precision = Precision.Fp32,
        };
    }

    /// <summary>A recipe in shards × slices whose work for a shard is that of <paramref name="epochs"/> passes over it.</summary>
    internal static Recipe Sharded(Recipe recipe, int shards, int slices, int epochs)
    {
        if (shards < 1) throw new UsageException($"--shards {shards}: there must be at least 1.");
        if (slices < 1) throw new UsageException($"--slices {slices}: there must be at least 1.");
        if (epochs < 1) throw new UsageException($"--epochs {epochs}: there must be at least 1.");
        return recipe with
        {
            Scheme = TrainingScheme.Sisa,
            Shards = shards,
            Blocks = shards * slices,
            EpochsPerBlock = new ShardLayout(shards, slices).EpochsPerSlice(epochs),
        };
    }

    private static Recipe Blockwise(string model) => model switch
    {
        "vit-tiny" or "vit-small" => new Recipe
        {
            Model = model,
            Optimizer = OptimizerKind.Adamw,
            LearningRate = TransformerLearningRate,
            WeightDecay = TransformerWeightDecay,
            Schedule = ScheduleKind.Cosine,
            BatchSize = DeepBatchSize,
            Blocks = DeepBlocks,
            Augment = DeepAugment,
        },
        _ when ModelCatalog.IsConvolutionHeavy(model) => new Recipe
        {
            Model = model,
            LearningRate = DeepLearningRate,
            Momentum = DeepMomentum,
            BatchSize = DeepBatchSize,
            Blocks = DeepBlocks,
            Augment = DeepAugment,
        },
        _ => new Recipe { Model = model },
    };

    /// <summary>The default recipe in one line, for help texts.</summary>
    /// <param name="model">A name of <see cref="LetheEngine.Models"/>.</param>
    public static string Describe(string model) => Describe(For(model));

    /// <summary>What methods train an imported model with when nothing else is asked for, in one line.</summary>
    /// <param name="model">A name of <see cref="LetheEngine.Models"/>; null: a TorchScript network.</param>
    public static string DescribeImported(string? model = null) => DescribeSteps(Imported(model ?? ImportedModel.ModelName));

    internal static string Describe(Recipe recipe)
    {
        if (recipe.Scheme == TrainingScheme.Imported)
            return "elsewhere; how is unknown";
        string augment = recipe.Augment == "none" ? "" : $", {recipe.Augment}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Word(recipe.Optimizer)}, lr {recipe.LearningRate} {Word(recipe.Schedule)}{Steps(recipe)}, {Passes(recipe)}{augment}");
    }

    /// <summary>What methods train an imported model with, in one line.</summary>
    internal static string DescribeSteps(Recipe recipe) => string.Create(
        CultureInfo.InvariantCulture, $"{Word(recipe.Optimizer)}, lr {recipe.LearningRate}{Steps(recipe)}");

    private static string Steps(Recipe recipe)
    {
        string momentum = recipe.Momentum > 0 ? string.Create(CultureInfo.InvariantCulture, $", momentum {recipe.Momentum}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{momentum}, weight decay {recipe.WeightDecay}, batch {recipe.BatchSize}");
    }

    private static string Passes(Recipe recipe) => recipe.Scheme switch
    {
        TrainingScheme.Plain => string.Create(CultureInfo.InvariantCulture, $"{Wording.Count(recipe.EpochsPerBlock, "epoch", "epochs")} over all records"),
        TrainingScheme.Sisa => string.Create(CultureInfo.InvariantCulture, $"{recipe.Shards} shards × {recipe.Layout.Slices} slices × {Wording.Count(recipe.EpochsPerBlock, "epoch", "epochs")} (the work of {recipe.Layout.PassesOf(recipe.EpochsPerBlock)} over all records), answers joined by {Word(recipe.Aggregation)}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{recipe.Blocks} blocks × {Wording.Count(recipe.EpochsPerBlock, "epoch", "epochs")}"),
    };

    private static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
