namespace Lethe.Training.Training;

/// <summary>What training one block cost and gave.</summary>
/// <param name="Samples">Samples processed: retained records × epochs.</param>
/// <param name="Seconds">Wall time.</param>
/// <param name="MeanLoss">Mean cross-entropy (nats) of the samples in the last epoch; NaN without samples.</param>
public sealed record BlockResult(long Samples, double Seconds, double MeanLoss);
