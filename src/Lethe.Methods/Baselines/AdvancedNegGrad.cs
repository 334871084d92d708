using Lethe.Core.Plans;
using Lethe.Methods.Editing;
using Lethe.Methods.Options;
using Lethe.Torch;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Methods.Baselines;

/// <summary>
/// Down the loss of D_r and up the loss of D_f in one step: CE(batch of D_r) − α·CE(batch of D_f). Both batches go through the model
/// together, so that batch normalisation sees one mixture.
/// </summary>
internal sealed class AdvancedNegGrad : EditingMethod
{
    /// <summary>The name on the command line.</summary>
    public const string Name = "advanced-neg-grad";

    private static readonly MethodOption Epochs = MethodOption.Whole("epochs", 2, "Passes over the retained records (MUFAC's benchmark).");

    private static readonly MethodOption Rate = MethodOption.Positive(
        "lr", null, "Learning rate; a tenth of the recipe's by default (MUFAC's benchmark: 0.001 after 0.01).");

    private static readonly MethodOption Alpha = MethodOption.Positive(
        "alpha", 1, "Weight of the loss that is ascended beside the one that is descended (MUFAC's benchmark: 1).");

    public override MethodDescriptor Descriptor { get; } = new(
        Name, "Gradient ascent on the records to forget, held back by the retained ones", Granularity.Any,
        MethodNeeds.ForgetSet | MethodNeeds.RetainSet, Guarantee.Heuristic, "Choi and Na 2023 (arXiv 2311.02240), Advanced NegGrad of MUFAC's benchmark")
    {
        Options = [Epochs, Rate, Alpha, LossCap.Option],
    };

    protected override IEnumerable<Phase> Phases(EditTask task)
    {
        var size = task.Recipe.BatchSize;
        var steps = BatchSizes.Of(task.Retained.Count, size).Count();
        var samples = task.Retained.Count + BatchSizes.Cycled(task.Forgotten.Count, size, steps).Sum();
        for (var epoch = 1; epoch <= task.Options.Whole(Epochs); epoch++)
            yield return new Phase($"epoch {epoch} down the loss of the retained records and up that of the others", samples, Train);
    }

    private static void Train(Edit edit)
    {
        var (size, cap, alpha) = (edit.Recipe.BatchSize, LossCap.Of(edit.Task), edit.Options.Number(Alpha));
        using var optimizer = edit.Optimizer(edit.Options.NumberOrNull(Rate) ?? FineTune.RateShare * edit.Recipe.LearningRate);
        var waiting = new Queue<int[]>();
        var (cycles, steps, kept, forgotten) = (0, 0, 0.0, 0.0);
        edit.Each(edit.Retained, size, retained =>
        {
            if (waiting.Count == 0) foreach (var batch in edit.Batches(edit.Forgotten, size, cycles++)) waiting.Enqueue(batch);
            var others = edit.Read(waiting.Dequeue(), cycles - 1);
            var logits = edit.Logits(torch.cat([retained.Input, others.Input]));
            var count = retained.Records.Count;
            var down = F.cross_entropy(logits.narrow(0, 0, count), retained.Target);
            var up = F.cross_entropy(logits.narrow(0, count, others.Records.Count), others.Target);
            var (downLoss, upLoss) = (down.ToDouble(), up.ToDouble());
            optimizer.Step(upLoss <= cap ? down - up * alpha : down);
            (steps, kept, forgotten) = (steps + 1, kept + downLoss, forgotten + upLoss);
        }, augment: true);
        edit.Memory.Tell($"mean loss of retained records in epoch {edit.Phase}", kept / steps);
        edit.Memory.Tell($"mean loss of records to forget in epoch {edit.Phase}", forgotten / steps);
    }
}
