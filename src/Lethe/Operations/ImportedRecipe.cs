using System.Globalization;
using Lethe.Core.Errors;
using Lethe.Training.Training;

namespace Lethe.Operations;

/// <summary>What methods train an imported model with: as its owner says, else defaults. How it was trained is not known.</summary>
internal static class ImportedRecipe
{
    /// <param name="request">What the owner says.</param>
    /// <param name="model">Name of the model in the recipe.</param>
    /// <exception cref="UsageException">A value is out of range, or the default of another cannot go with it.</exception>
    public static Recipe Of(ImportRequest request, string model)
    {
        var defaults = RecipeDefaults.Imported(model);
        var optimizer = NamedValue.Of(request.Optimizer, "optimizer", defaults.Optimizer);
        if (optimizer != defaults.Optimizer && request.LearningRate is null)
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--optimizer {request.Optimizer} needs --lr RATE too: the default, {defaults.LearningRate}, is a rate for {Word(defaults.Optimizer)}."));
        if (optimizer != OptimizerKind.Sgd && request.Momentum is not null)
            throw new UsageException($"--momentum is for sgd: {Word(optimizer)} has none to set. Leave it out.");
        var recipe = defaults with
        {
            ModelOptions = request.NetworkOptions,
            Optimizer = optimizer,
            LearningRate = request.LearningRate ?? defaults.LearningRate,
            Momentum = optimizer == OptimizerKind.Sgd ? request.Momentum ?? defaults.Momentum : 0,
            WeightDecay = request.WeightDecay ?? defaults.WeightDecay,
            BatchSize = request.BatchSize ?? defaults.BatchSize,
            Device = request.Device,
            Seed = request.Seed,
            Threads = request.Threads,
        };
        return recipe.Validated();
    }

    /// <summary>The options that the owner left open.</summary>
    public static IReadOnlyList<string> Assumed(ImportRequest request, Recipe recipe)
    {
        (string Option, bool Open)[] options =
        [
            ("--optimizer", request.Optimizer is null),
            ("--lr", request.LearningRate is null),
            ("--momentum", request.Momentum is null && recipe.Optimizer == OptimizerKind.Sgd),
            ("--weight-decay", request.WeightDecay is null),
            ("--batch-size", request.BatchSize is null),
        ];
        return [.. options.Where(option => option.Open).Select(option => option.Option)];
    }

    private static string Word(OptimizerKind optimizer) => optimizer.ToString().ToLowerInvariant();
}
