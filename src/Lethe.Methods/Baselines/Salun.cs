using Lethe.Core.Plans;
using Lethe.Methods.Editing;
using Lethe.Methods.Options;
using Lethe.Torch;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Methods.Baselines;

/// <summary>
/// SalUn: training on wrong labels for D_f and the true ones for D_r, in which only the weights move whose gradient on D_f is largest.
/// Weight decay is held back by the mask too: a weight outside keeps its bits.
/// </summary>
internal sealed class Salun : EditingMethod
{
    /// <summary>The name on the command line.</summary>
    public const string Name = "salun";

    private const string Mask = "mask";
    private const ulong LabelPurpose = 0x4C41; // "LA"

    private static readonly MethodOption Share =
        MethodOption.Number("mask-share", 0.5, "Share of the weights that may move: those with the largest gradient on the forgotten records.", 0.001, 1);

    private static readonly MethodOption Epochs = MethodOption.Whole("epochs", 10, "Passes over all records.");
    private static readonly MethodOption Rate = MethodOption.Positive("lr", 0.013, "Learning rate of SGD.");
    private static readonly MethodOption Momentum = MethodOption.Number("momentum", 0.9, "Momentum of SGD.", 0, 0.999);
    private static readonly MethodOption Decay = MethodOption.Number("weight-decay", 5e-4, "Weight decay, on the weights that may move.", 0);
    private static readonly MethodOption BatchSize = MethodOption.Whole("batch-size", 256, "Records of a batch.");

    public override MethodDescriptor Descriptor { get; } = new(
        Name,
        "Wrong labels for the forgotten records, on the salient weights only",
        Granularity.Any,
        MethodNeeds.ForgetSet | MethodNeeds.RetainSet,
        Guarantee.Heuristic,
        "Fan, Liu, Zhang, Wong, Wei, Liu 2024 (ICLR, SalUn), arXiv 2310.12508")
    {
        Options = [Share, Epochs, Rate, Momentum, Decay, BatchSize],
    };

    /// <summary>Marks the largest values of all tensors together with 1, the rest with 0.</summary>
    /// <param name="values">Tensors of any shapes.</param>
    /// <param name="share">Share of all their elements to mark, rounded down.</param>
    public static Tensor[] Largest(IReadOnlyList<Tensor> values, double share)
    {
        var flat = torch.cat([.. values.Select(value => value.flatten())]);
        var marks = torch.zeros_like(flat);
        var most = (long)(share * flat.numel());
        if (most > 0) marks.scatter_(0, flat.argsort(0, descending: true).narrow(0, 0, most), 1);
        var start = 0L;
        return [.. values.Select(value =>
        {
            var mark = marks.narrow(0, start, value.numel()).reshape(value.shape);
            start += value.numel();
            return mark;
        })];
    }

    protected override string? Refusal(EditTask task) => StayingClasses.Refusal(task);

    protected override IEnumerable<Phase> Phases(EditTask task)
    {
        var (forgotten, all) = (task.Forgotten.Count, (long)task.Forgotten.Count + task.Retained.Count);
        yield return new Phase("find the weights with the largest gradient on the forgotten records", forgotten, FindMask)
        {
            ChangesModel = false,
            KeptBytes = task.ParameterBytes,
        };
        yield return new Phase("train them on wrong labels and on the retained records", task.Options.Whole(Epochs) * all, Train);
    }

    private static void FindMask(Edit edit)
    {
        using var scope = torch.NewDisposeScope();
        var (sums, _) = ParameterGradients.Sum(edit, edit.Forgotten, edit.Options.Whole(BatchSize), gradient => gradient);
        var masks = Largest([.. sums.Select(sum => sum.abs())], edit.Options.Number(Share));
        foreach (var ((name, _), mask) in edit.Parameters().Zip(masks)) edit.Memory.Keep(Mask + name, mask);
        edit.Memory.Tell(
            "share of weights that may move", [.. masks.Select(mask => mask.mean().ToDouble())], [.. edit.Parameters().Select(entry => entry.Name)]);
    }

    private static void Train(Edit edit)
    {
        using var scope = torch.NewDisposeScope();
        (Tensor Parameter, Tensor Mask)[] masked =
            [.. edit.Parameters().Select(entry => (entry.Parameter, edit.Memory.Kept(Mask + entry.Name).to(entry.Parameter.device)))];
        foreach (var (name, _) in edit.Parameters()) edit.Memory.Drop(Mask + name);
        var all = edit.Forgotten.And(edit.Retained);
        var forgotten = edit.Forgotten.Records.ToHashSet();
        var others = StayingClasses.Others(edit.Task);
        var decay = edit.Options.Number(Decay);
        using var optimizer = torch.optim.SGD(edit.Module.parameters(), edit.Options.Number(Rate), edit.Options.Number(Momentum));
        for (var epoch = 1; epoch <= edit.Options.Whole(Epochs); epoch++)
        {
            edit.Each(all, edit.Options.Whole(BatchSize), batch =>
            {
                var labels = batch.Records.Select(record => (long)(forgotten.Contains(record) ? WrongLabel(record, epoch) : all.LabelOf(record)));
                optimizer.zero_grad();
                F.cross_entropy(edit.Logits(batch.Input), torch.tensor(labels.ToArray()).to(batch.Target.device)).backward();
                using (torch.no_grad())
                {
                    foreach (var (parameter, mask) in masked)
                        if (parameter.grad is { } gradient) gradient.add_(parameter, decay).mul_(mask);
                }
                optimizer.step();
            }, epoch, augment: true);
        }

        int WrongLabel(int record, int epoch) =>
            StayingClasses.Draw(others[edit.Forgotten.LabelOf(record)], edit.Seed(LabelPurpose, (ulong)epoch, (ulong)record));
    }
}
