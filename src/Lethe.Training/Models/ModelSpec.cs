namespace Lethe.Training.Models;

/// <summary>A model to build: its name, the shape of one sample and the number of classes.</summary>
/// <param name="Name">A name of <see cref="ModelCatalog.Names"/>.</param>
/// <param name="InputShape">Shape of one sample without the batch dimension, e.g. 1, 28, 28.</param>
/// <param name="Classes">Number of outputs, at least 2.</param>
/// <param name="Options">Options of the model by name, or null; see <see cref="ModelCatalog.Describe"/>.</param>
public sealed record ModelSpec(
    string Name, IReadOnlyList<long> InputShape, int Classes, IReadOnlyDictionary<string, string>? Options = null);
