using Lethe.Core.Plans;
using Lethe.Methods.Editing;
using Lethe.Methods.Options;
using Lethe.Torch;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Methods.Baselines;

/// <summary>
/// Boundary shrink: each forgotten record is given the nearest other class, found by one step along the sign of the input's gradient, and
/// the model is fine-tuned on these labels. No retained record is read.
/// </summary>
internal sealed class BoundaryShrink : EditingMethod
{
    /// <summary>The name on the command line.</summary>
    public const string Name = "boundary-shrink";

    private const string Nearest = "nearest";

    private static readonly MethodOption Bound = MethodOption.Positive(
        "bound", 0.1, "Length of the step in every pixel, as a share of black to white; in standard deviations for samples that are no images.");

    private static readonly MethodOption Epochs = MethodOption.Whole("epochs", 10, "Passes over the forgotten records with their new labels.");
    private static readonly MethodOption Rate = MethodOption.Positive("lr", 1e-5, "Learning rate of SGD.");
    private static readonly MethodOption Momentum = MethodOption.Number("momentum", 0.9, "Momentum of SGD.", 0, 0.999);
    private static readonly MethodOption BatchSize = MethodOption.Whole("batch-size", 64, "Records of a batch.");

    public override MethodDescriptor Descriptor { get; } = new(
        Name,
        "Move the forgotten records over the nearest decision boundary",
        Granularity.Any,
        MethodNeeds.ForgetSet,
        Guarantee.Heuristic,
        "Chen, Gao, Liu, Peng, Wang 2023 (CVPR, Boundary Unlearning)")
    {
        Options = [Bound, Epochs, Rate, Momentum, BatchSize],
    };

    protected override string? Refusal(EditTask task) => StayingClasses.Refusal(task) ?? BatchNormOfOne.Refusal(task);

    protected override IEnumerable<Phase> Phases(EditTask task)
    {
        yield return new Phase("find the nearest other class of each forgotten record", 2L * task.Forgotten.Count, Relabel)
        {
            ChangesModel = false,
            KeptBytes = () => (long)task.Forgotten.Count * sizeof(float),
        };
        yield return new Phase("fine-tune on these classes", (long)task.Options.Whole(Epochs) * task.Forgotten.Count, FineTune);
    }

    private static void Relabel(Edit edit)
    {
        var step = new SignStep(edit.Task.Run, edit.Options.Number(Bound));
        var others = StayingClasses.Others(edit.Task);
        var (labels, crossed) = (new List<float>(), 0L);
        edit.Each(edit.Forgotten, edit.Options.Whole(BatchSize), batch =>
        {
            var logits = edit.Logits(edit.Original, step.Up(batch.Input, input => F.cross_entropy(edit.Logits(edit.Original, input), batch.Target)));
            edit.Count(batch.Records.Count);
            crossed += logits.argmax(1).ne(batch.Target).sum().ToInt64();
            foreach (var (record, row) in batch.Records.Select((record, row) => (record, row)))
            {
                var scores = logits[row].to(torch.CPU).data<float>();
                labels.Add(others[edit.Forgotten.LabelOf(record)].MaxBy(candidate => scores[candidate]));
            }
        }, shuffle: false);
        using var kept = torch.tensor(labels.ToArray());
        edit.Memory.Keep(Nearest, kept);
        edit.Memory.Tell("share of forgotten records that the step carries over a boundary", (double)crossed / edit.Forgotten.Count);
    }

    private static void FineTune(Edit edit)
    {
        using var scope = torch.NewDisposeScope();
        var nearest = edit.Forgotten.Records.Zip(edit.Memory.Kept(Nearest).data<float>()).ToDictionary(pair => pair.First, pair => (long)pair.Second);
        edit.Memory.Drop(Nearest);
        using var optimizer = torch.optim.SGD(edit.Module.parameters(), edit.Options.Number(Rate), edit.Options.Number(Momentum));
        for (var epoch = 1; epoch <= edit.Options.Whole(Epochs); epoch++)
        {
            edit.Each(edit.Forgotten, edit.Options.Whole(BatchSize), batch =>
            {
                var labels = torch.tensor(batch.Records.Select(record => nearest[record]).ToArray()).to(batch.Target.device);
                optimizer.Step(F.cross_entropy(edit.Logits(batch.Input), labels));
            }, epoch);
        }
    }
}
