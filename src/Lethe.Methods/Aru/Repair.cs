using Lethe.Methods.Editing;
using Lethe.Torch;
using Lethe.Training.Training;

namespace Lethe.Methods.Aru;

/// <summary>Fine-tunes all parameters on retained records and keeps the epoch of least loss on others of them; no test record is involved.</summary>
internal sealed class Repair
{
    private const ulong ValidationPurpose = 0x56414C;

    private readonly RepairOptions _options;

    public Repair(EditTask task, RepairOptions options)
    {
        _options = options;
        Validation = task.Retained.SetAside(options.ValidationShare, task.Seed(ValidationPurpose));
        Training = task.Retained.Except(Validation);
    }

    public RecordSet Validation { get; }

    public RecordSet Training { get; }

    /// <summary>Samples that it processes at most.</summary>
    public long Samples => _options.Epochs * ((long)Training.Count + Validation.Count);

    public void Do(Edit edit)
    {
        using var optimizer = torch.optim.SGD(edit.Module.parameters(), _options.Rate, _options.Momentum);
        var losses = new List<double>();
        StateDict? best = null;
        try
        {
            for (var epoch = 1; epoch <= _options.Epochs && !Stalled(losses); epoch++)
            {
                edit.Train(optimizer, Training, epoch, _options.BatchSize);
                if (Validation.Count == 0) continue;
                losses.Add(edit.Evaluate(Validation).Loss);
                if (BestOf(losses) != epoch) continue;
                best?.Dispose();
                best = StateDict.FromModule(edit.Module);
            }
            best?.CopyTo(edit.Module);
        }
        finally
        {
            best?.Dispose();
        }
        edit.Memory.Tell("repair: epochs done", Validation.Count == 0 ? _options.Epochs : losses.Count);
        if (losses.Count == 0) return;
        edit.Memory.Tell("repair: epoch taken", BestOf(losses));
        edit.Memory.Tell("repair: validation loss by epoch", losses);
    }

    private bool Stalled(List<double> losses) => losses.Count > 0 && losses.Count - BestOf(losses) >= _options.Patience;

    /// <summary>Number of the first epoch of least loss; a loss that is no number counts as the worst.</summary>
    private static int BestOf(List<double> losses) =>
        1 + Enumerable.Range(0, losses.Count).MinBy(epoch => double.IsNaN(losses[epoch]) ? double.PositiveInfinity : losses[epoch]);
}
