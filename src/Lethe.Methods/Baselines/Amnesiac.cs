using Lethe.Core.Plans;
using Lethe.Methods.Editing;
using Lethe.Methods.Options;
using Lethe.Torch;
using Lethe.Training.Training;

namespace Lethe.Methods.Baselines;

/// <summary>
/// Amnesiac unlearning: takes the recorded updates that saw D_f away from the served model. What is recorded here is one update a block,
/// V_k = P_k − P_(k−1), where the paper records one a batch: with the records to forget, everything else that their blocks taught goes too.
/// </summary>
internal sealed class Amnesiac : EditingMethod
{
    /// <summary>The name on the command line.</summary>
    public const string Name = "amnesiac";

    private static readonly MethodOption Epochs = MethodOption.Whole(
        "epochs", 5, "Passes of fine-tuning over the retained records after that; 0: none.", minimum: 0);

    private static readonly MethodOption Rate = MethodOption.Positive("lr", null, "Learning rate of the fine-tuning; a tenth of the recipe's by default.");

    public override MethodDescriptor Descriptor { get; } = new(
        Name, "By block: subtract the recorded updates of all blocks that held the records, then fine-tune", Granularity.Any,
        MethodNeeds.BlockCheckpoints | MethodNeeds.RetainSet, Guarantee.Heuristic,
        "Graves, Nagisetty and Ganesh, AAAI 2021 (arXiv 2010.10981), by block instead of by batch")
    {
        Options = [Epochs, Rate],
        Contradictions = values => { if (values.Whole(Epochs) == 0) values.RefuseIdle("--epochs 0", Rate); },
    };

    protected override string? Refusal(EditTask task)
    {
        var checkpoints = task.Run.Index.Checkpoints;
        int[] missing = [.. Blocks(task).SelectMany(block => new[] { block - 1, block }).Where(block => checkpoints[block] is null)];
        return missing.Length == 0
            ? null
            : $"{Name} needs the checkpoints around every block that held the records, and an earlier request destroyed checkpoint {missing[0]}: "
                + "use another method, or retrain, which writes all checkpoints again.";
    }

    protected override IEnumerable<Phase> Phases(EditTask task)
    {
        int[] blocks = [.. Blocks(task)];
        var list = blocks.Length == 1 ? $"block {blocks[0]}" : $"{blocks.Length} blocks";
        yield return new Phase($"subtract the recorded update of {list}", 0, edit => Subtract(edit, blocks));
        var rate = task.Options.NumberOrNull(Rate) ?? FineTune.RateShare * task.Recipe.LearningRate;
        for (var epoch = 1; epoch <= task.Options.Whole(Epochs); epoch++)
        {
            yield return new Phase($"epoch {epoch} over the retained records", task.Retained.Count, edit =>
            {
                using var optimizer = edit.Optimizer(rate);
                edit.Train(optimizer, edit.Retained);
            });
        }
    }

    private static void Subtract(Edit edit, int[] blocks)
    {
        using var state = StateDict.FromModule(edit.Module);
        var norms = new List<double>();
        foreach (var block in blocks)
        {
            edit.Cancellation.ThrowIfCancellationRequested();
            using StateDict before = edit.Checkpoint(block - 1), after = edit.Checkpoint(block);
            norms.Add(UpdateDistance.L1(after, before, before, before));
            state.AddDifference(before, after);
        }
        state.CopyTo(edit.Module);
        edit.Memory.Tell("L1 norm of the update that was subtracted, by block", norms, [.. blocks.Select(block => $"block {block}")]);
    }

    private static IEnumerable<int> Blocks(EditTask task) =>
        task.Forgotten.Records.Select(record => task.Run.Partition.Locate(new(record)).Block).Distinct().Order();
}
