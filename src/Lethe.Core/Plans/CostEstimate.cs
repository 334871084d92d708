namespace Lethe.Core.Plans;

/// <summary>What work will cost.</summary>
/// <param name="Samples">Training samples processed, epochs counted.</param>
/// <param name="Seconds">Wall-clock seconds; null when no speed is known yet.</param>
/// <param name="BytesWritten">
/// Bytes that the store will take at most: checkpoints, models and arrays kept on the way, without the figures and pictures of the report.
/// What the store holds already takes no place.
/// </param>
public sealed record CostEstimate(long Samples, double? Seconds, long BytesWritten);
