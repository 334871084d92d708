using Lethe.Training.Training;

namespace Lethe.Verification;

/// <summary>One model as the tests see it.</summary>
/// <param name="Figures">Its figures by name, from <see cref="VerdictProbe"/>.</param>
/// <param name="Forgotten">What it says of the forgotten records; null where only figures are left of it.</param>
public sealed record JudgedModel(IReadOnlyDictionary<string, double> Figures, EvaluationResult? Forgotten = null);
