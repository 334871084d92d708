using Lethe.Core.Plans;
using Lethe.Methods.Editing;
using Lethe.Methods.Options;
using Lethe.Torch;

namespace Lethe.Methods.Baselines;

/// <summary>Distils the model anew: towards a network that knows nothing on D_f, towards the original on a share of D_r.</summary>
internal sealed class BadTeacher : EditingMethod
{
    /// <summary>The name on the command line.</summary>
    public const string Name = "bad-teacher";

    private const ulong SharePurpose = 0x53; // "S"

    private static readonly MethodOption Epochs = MethodOption.Whole("epochs", 1, "Passes over these records.");
    private static readonly MethodOption Rate = MethodOption.Positive("lr", 1e-4, "Learning rate of Adam.");
    private static readonly MethodOption BatchSize = MethodOption.Whole("batch-size", 256, "Records of a step.");

    private static readonly MethodOption RetainShare = MethodOption.Number(
        "retain-share", 0.3, "Share of the retained records of every class that is trained on.", 0, 1);

    private static readonly MethodOption Temperature = MethodOption.Positive("temperature", 1, "What the logits of teachers and model are divided by.");

    public override MethodDescriptor Descriptor { get; } = new(
        Name, "Distil from a network that knows nothing on the records to forget, from the original elsewhere", Granularity.Any,
        MethodNeeds.ForgetSet | MethodNeeds.RetainSet, Guarantee.Heuristic, "Chundawat et al., AAAI 2023 (arXiv 2205.08096)")
    {
        Options = [Epochs, Rate, BatchSize, RetainShare, Temperature],
    };

    protected override IEnumerable<Phase> Phases(EditTask task)
    {
        var epochs = task.Options.Whole(Epochs);
        var records = task.Forgotten.And(task.Retained.Share(task.Options.Number(RetainShare), task.Seed(SharePurpose)));
        yield return new Phase(
            $"{Passes(epochs)} of distillation from two teachers (model and teacher counted)", 2L * epochs * records.Count, edit => Train(edit, records));
    }

    private static void Train(Edit edit, RecordSet records)
    {
        using var optimizer = torch.optim.Adam(edit.Module.parameters(), edit.Options.Number(Rate));
        var ignorant = edit.Fresh();
        ignorant.eval();
        var forgotten = edit.Forgotten.Records.ToHashSet();
        var losses = new List<double>();
        for (var epoch = 0; epoch < edit.Options.Whole(Epochs); epoch++)
        {
            var sum = 0.0;
            foreach (var mixed in edit.Batches(records, edit.Options.Whole(BatchSize), epoch))
            {
                edit.Cancellation.ThrowIfCancellationRequested();
                using var scope = torch.NewDisposeScope();
                int[] ordered = [.. mixed.Where(forgotten.Contains), .. mixed.Where(record => !forgotten.Contains(record))];
                var batch = edit.Read(ordered, epoch);
                var teacher = Teach(edit, ignorant, batch.Input, mixed.Count(forgotten.Contains));
                var loss = Distillation.Divergence(edit.Logits(batch.Input), teacher, edit.Options.Number(Temperature));
                optimizer.Step(loss);
                sum += loss.ToDouble() * ordered.Length;
            }
            losses.Add(sum / records.Count);
        }
        edit.Memory.Tell("mean divergence from the teachers in each epoch", losses);
    }

    /// <summary>The first <paramref name="toForget"/> samples are the ignorant network's to teach, the others the original's.</summary>
    private static Tensor Teach(Edit edit, torch.nn.Module<Tensor, Tensor> ignorant, Tensor input, int toForget)
    {
        using var noGrad = torch.no_grad();
        var count = (int)input.shape[0];
        edit.Count(count);
        var parts = new List<Tensor>();
        if (toForget > 0) parts.Add(edit.Logits(ignorant, input.narrow(0, 0, toForget)));
        if (toForget < count) parts.Add(edit.Logits(edit.Original, input.narrow(0, toForget, count - toForget)));
        return torch.cat([.. parts]);
    }
}
