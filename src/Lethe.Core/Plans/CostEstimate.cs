namespace Lethe.Core.Plans;

/// <summary>What work will cost.</summary>
/// <param name="Samples">Training samples processed, epochs counted.</param>
/// <param name="Seconds">Wall-clock seconds; null when no speed is known yet.</param>
/// <param name="BytesWritten">Bytes written to the store.</param>
public sealed record CostEstimate(long Samples, double? Seconds, long BytesWritten);
