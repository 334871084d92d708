namespace Lethe.Training.Runs;

/// <summary>Secret triggers that were planted in a run's training data.</summary>
/// <param name="People">How many people have one; null: the run was begun by a version that did not count them.</param>
/// <param name="Registry">The file that they are drawn by, readable by its owner only; without it the training data cannot be made again.</param>
public sealed record PlantedCanaries(int? People, string Registry);
