using Lethe.Core.Records;

namespace Lethe.Training.Training;

/// <summary>Weights trained elsewhere that every training of a run starts from, whatever its seed.</summary>
/// <param name="Digest">Digest of the values that were taken: an object of the run, in the model's types under its names.</param>
/// <param name="Except">Layers that start at random all the same, such as <c>fc</c>; ascending.</param>
public sealed record InitialWeights(Digest Digest, IReadOnlyList<string> Except);
