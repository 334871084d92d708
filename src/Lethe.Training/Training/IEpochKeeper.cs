using Lethe.Torch;

namespace Lethe.Training.Training;

/// <summary>Keeps what a block's training is between two epochs, so that a stopped one goes on from there with the same bits.</summary>
internal interface IEpochKeeper
{
    /// <summary>Fills the module and the optimizer with the newest kept state, and says what led to it; nothing is done where none is kept.</summary>
    EpochsDone Restore(torch.nn.Module module, torch.optim.Optimizer optimizer);

    /// <summary>Told after every epoch.</summary>
    void Keep(EpochsDone done, torch.nn.Module module, torch.optim.Optimizer optimizer);
}

/// <summary>The first epochs of a block.</summary>
/// <param name="Epochs">How many.</param>
/// <param name="Samples">Samples processed in them.</param>
/// <param name="Seconds">Their wall time.</param>
/// <param name="MeanLoss">Mean cross-entropy (nats) of the last of them; NaN without samples.</param>
internal sealed record EpochsDone(int Epochs, long Samples, double Seconds, double MeanLoss)
{
    public static EpochsDone None { get; } = new(0, 0, 0, double.NaN);
}
