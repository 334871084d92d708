using Lethe.Core.Records;

namespace Lethe.Training.Runs;

/// <summary>Where training stands inside a block that takes long: the whole of plain training.</summary>
/// <param name="Epochs">Epochs done.</param>
/// <param name="Model">Digest of the model after them.</param>
/// <param name="Optimizer">Digest of the optimizer's state after them.</param>
/// <param name="Samples">Samples processed in them.</param>
/// <param name="Seconds">Their wall time.</param>
/// <param name="MeanLoss">Mean cross-entropy (nats) of the last epoch.</param>
public sealed record UnfinishedBlock(int Epochs, Digest Model, Digest Optimizer, long Samples, double Seconds, double MeanLoss);
