using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Torch;
using Lethe.Training.Training;

namespace Lethe.Training.Models;

/// <summary>Weights of a safetensors file that fit a model, with the layers that were left out.</summary>
public sealed class PretrainedWeights : IDisposable
{
    private PretrainedWeights(StateDict values, IReadOnlyList<string> except)
    {
        Values = values;
        Description = new InitialWeights(Digest.Of(values.ToSafetensors()), except);
    }

    /// <summary>What a recipe says of the weights.</summary>
    public InitialWeights Description { get; }

    /// <summary>The values, in the model's types under its names; owned by this object.</summary>
    public StateDict Values { get; }

    /// <summary>Reads weights under PyTorch's (torchvision's) names and checks them against a model.</summary>
    /// <param name="path">A safetensors file. Batch-norm counters may be missing, and floating-point types may differ.</param>
    /// <param name="spec">The model.</param>
    /// <param name="except">Layers or entries by full name, such as <c>fc</c>, that are not taken from the file.</param>
    /// <exception cref="BadDataException">The file cannot be read, its names or shapes differ, or a value is not finite.</exception>
    /// <exception cref="UsageException">The model has no layer of a name in <paramref name="except"/>.</exception>
    public static PretrainedWeights Read(string path, ModelSpec spec, IReadOnlyList<string> except)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(except);
        using var generator = new Generator(0);
        using var model = ModelCatalog.Create(spec, generator);
        var own = model.state_dict();
        foreach (var layer in except)
        {
            if (!own.Keys.Any(name => IsIn(name, layer)))
            {
                throw new UsageException(
                    $"Model '{spec.Name}' has no layer '{layer}' to start at random; its last one is '{LayerOf(own.Keys.Last())}'.");
            }
        }
        using var stored = ReadFile(path);
        using var file = stored.Where(name => !except.Any(layer => IsIn(name, layer)));
        new WeightsCheck(path, spec, except).Require(own.Where(entry => !except.Any(layer => IsIn(entry.Key, layer))), file.Tensors);
        model.load_state_dict(file.Tensors, strict: false);
        using var taken = StateDict.FromModule(model);
        return new PretrainedWeights(
            taken.Where(file.Tensors.ContainsKey), [.. except.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }

    /// <inheritdoc/>
    public void Dispose() => Values.Dispose();

    /// <summary>Weights that a run was made with.</summary>
    /// <param name="values">Owned by the result.</param>
    /// <param name="except">Layers that were left out.</param>
    internal static PretrainedWeights Of(StateDict values, IReadOnlyList<string> except) => new(values, except);

    /// <summary>The layer of an entry: <c>fc</c> for <c>fc.weight</c>.</summary>
    internal static string LayerOf(string name) => name.LastIndexOf('.') is > 0 and var dot ? name[..dot] : name;

    /// <summary>Whether an entry is a layer or belongs to it.</summary>
    internal static bool IsIn(string name, string layer) =>
        name == layer || (name.Length > layer.Length && name[layer.Length] == '.' && name.StartsWith(layer, StringComparison.Ordinal));

    private static StateDict ReadFile(string path)
    {
        try
        {
            return WeightsFile.Read(File.ReadAllBytes(path), path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadDataException($"The initial weights {path} cannot be read: {error.Message}", error);
        }
    }
}
