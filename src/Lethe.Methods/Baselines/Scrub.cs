using Lethe.Core.Errors;
using Lethe.Core.Plans;
using Lethe.Methods.Editing;
using Lethe.Methods.Options;
using Lethe.Torch;
using Lethe.Training.Training;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Methods.Baselines;

/// <summary>
/// SCRUB: a student that begins as the original moves away from it on D_f (max-steps) and stays near it, and right, on D_r (min-steps).
/// Rewinding takes the epoch's end whose error on D_f is nearest to the final error on like records that were not in the min-steps.
/// </summary>
internal sealed class Scrub : EditingMethod
{
    /// <summary>The name on the command line.</summary>
    public const string Name = "scrub";

    private const ulong ReferencePurpose = 0x5245; // "RE"

    private static readonly int[] DecayEpochs = [3, 5, 9];

    private static readonly MethodOption Epochs = MethodOption.Whole("epochs", 3, "Passes over the retained records.");
    private static readonly MethodOption MaxSteps = MethodOption.Whole("msteps", 2, "Of these, how many begin with a pass over the forgotten records.", 0);
    private static readonly MethodOption Gamma = MethodOption.Number("gamma", 0.99, "Weight of the cross-entropy in min-steps.", 0);
    private static readonly MethodOption Alpha = MethodOption.Number("alpha", 0.001, "Weight of the divergence from the original in min-steps.", 0);
    private static readonly MethodOption Temperature = MethodOption.Positive("temperature", 4, "Temperature of the outputs that are compared.");
    private static readonly MethodOption Rate = MethodOption.Positive("lr", 5e-4, "Learning rate of SGD.");
    private static readonly MethodOption RateDecay = MethodOption.Positive("rate-decay", 0.1, "The rate is multiplied by this after epochs 3, 5 and 9.");
    private static readonly MethodOption Momentum = MethodOption.Number("momentum", 0.9, "Momentum of SGD.", 0, 0.999);
    private static readonly MethodOption Decay = MethodOption.Number("weight-decay", 5e-4, "Weight decay.", 0);
    private static readonly MethodOption BatchSize = MethodOption.Whole("batch-size", 128, "Retained records of a batch.");
    private static readonly MethodOption ForgetBatchSize = MethodOption.Whole("forget-batch-size", 32, "Forgotten records of a batch.");

    private static readonly MethodOption Rewind = MethodOption.Flag(
        "rewind", "Keep every epoch's model and take the one whose error on the forgotten records is nearest to that on like retained ones, which are held out.");

    public override MethodDescriptor Descriptor { get; } = new(
        Name,
        "Teach a student to disagree with the original on the forgotten records only",
        Granularity.Any,
        MethodNeeds.ForgetSet | MethodNeeds.RetainSet,
        Guarantee.Heuristic,
        "Kurmanji, Triantafillou, Hayes, Triantafillou 2023 (NeurIPS, SCRUB), arXiv 2302.09880")
    {
        Options = [Epochs, MaxSteps, Gamma, Alpha, Temperature, Rate, RateDecay, Momentum, Decay, BatchSize, ForgetBatchSize, LossCap.Option, Rewind],
        Contradictions = RequireEffect,
    };

    /// <summary>Refuses options that would do nothing.</summary>
    private static void RequireEffect(OptionValues values)
    {
        if (values.Whole(MaxSteps) == 0)
        {
            values.RefuseIdle("--msteps 0", ForgetBatchSize, LossCap.Option);
            if (values.Number(Alpha) == 0) values.RefuseIdle("--msteps 0 and --alpha 0", Temperature);
        }
        if (values.IsGiven(RateDecay) && values.Whole(Epochs) <= DecayEpochs[0])
            throw new UsageException($"--{RateDecay.Name} acts after epochs 3, 5 and 9, and there are {values.Whole(Epochs)}: give --epochs 4 or more, or leave it out.");
    }

    protected override string? Refusal(EditTask task) => task.Options.Flag(Rewind) && Reference(task).Count == 0
        ? "scrub --rewind compares with retained records of the forgotten classes, and fewer than two stay of each: leave --rewind out."
        : task.Options.Whole(MaxSteps) > 0 ? BatchNormOfOne.Refusal(task) : null;

    protected override IEnumerable<Phase> Phases(EditTask task)
    {
        var (epochs, most, rewind) = (task.Options.Whole(Epochs), task.Options.Whole(MaxSteps), task.Options.Flag(Rewind));
        var reference = Reference(task);
        var retained = task.Retained.Except(reference);
        var samples = 2L * epochs * retained.Count + 2L * Math.Min(epochs, most) * task.Forgotten.Count;
        if (rewind) samples += (long)epochs * task.Forgotten.Count + reference.Count;
        yield return new Phase("move away from the original on the forgotten records, stay near it on the retained ones", samples, edit =>
        {
            var options = edit.Options;
            using var optimizer = torch.optim.SGD(
                edit.Module.parameters(), options.Number(Rate), options.Number(Momentum), weight_decay: options.Number(Decay));
            var cap = LossCap.Of(task);
            var ends = new List<(StateDict State, double Error)>();
            try
            {
                for (var epoch = 1; epoch <= epochs; epoch++)
                {
                    optimizer.LearningRate = options.Number(Rate) * Math.Pow(options.Number(RateDecay), DecayEpochs.Count(end => epoch > end));
                    if (epoch <= most)
                        Pass(edit, optimizer, edit.Forgotten, ForgetBatchSize, 2 * epoch, (divergence, loss) => loss.ToDouble() <= cap ? -divergence() : null);
                    Pass(edit, optimizer, retained, BatchSize, 2 * epoch + 1, (divergence, loss) =>
                        loss * options.Number(Gamma) + divergence() * options.Number(Alpha));
                    if (!rewind) continue;
                    var error = 1 - edit.Evaluate(edit.Forgotten).Accuracy;
                    ends.Add((StateDict.FromModule(edit.Module), error));
                }
                if (rewind) TakeNearest(edit, ends, 1 - edit.Evaluate(reference).Accuracy);
            }
            finally
            {
                ends.ForEach(end => end.State.Dispose());
            }
        });
    }

    private static void Pass(
        Edit edit, torch.optim.Optimizer optimizer, RecordSet set, MethodOption size, int pass, Func<Func<Tensor>, Tensor, Tensor?> objective) =>
        edit.Each(set, edit.Options.Whole(size), batch =>
        {
            edit.Count(batch.Records.Count);
            Tensor teacher;
            using (torch.no_grad()) teacher = edit.Logits(edit.Original, batch.Input);
            var student = edit.Logits(batch.Input);
            var temperature = edit.Options.Number(Temperature);
            var loss = F.cross_entropy(student, batch.Target);
            if (objective(() => Distillation.Divergence(student, teacher, temperature) * (temperature * temperature), loss) is { } goal) optimizer.Step(goal);
        }, pass, augment: true);

    private static void TakeNearest(Edit edit, List<(StateDict State, double Error)> ends, double reference)
    {
        var best = ends.MinBy(end => Math.Abs(end.Error - reference));
        best.State.CopyTo(edit.Module);
        edit.Memory.Tell("error on the forgotten records after each epoch", [.. ends.Select(end => end.Error)]);
        edit.Memory.Tell("reference error", reference);
        edit.Memory.Tell("epoch taken", ends.IndexOf(best) + 1);
    }

    /// <summary>Retained records with the classes of D_f: as many of each as are forgotten, at most half of those that stay.</summary>
    private static RecordSet Reference(EditTask task) => task.Options.Flag(Rewind)
        ? new RecordSet(
            task.Forgotten.Records.GroupBy(task.Forgotten.LabelOf).SelectMany(group =>
            {
                var like = task.Retained.Where(record => task.Retained.LabelOf(record) == group.Key);
                return like.Draw(Math.Min(group.Count(), like.Count / 2), task.Seed(ReferencePurpose, (ulong)group.Key)).Records;
            }),
            task.Data.Labels)
        : new RecordSet([], task.Data.Labels);
}
