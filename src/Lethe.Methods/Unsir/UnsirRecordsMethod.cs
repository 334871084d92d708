using Lethe.Core.Plans;
using Lethe.Methods.Editing;
using Lethe.Methods.Options;
using Lethe.Torch;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Methods.Unsir;

/// <summary>
/// UNSIR bent to records and people, which it was not made for: the adaptation of the MUFAC benchmark (Choi and Na, arXiv 2311.02240).
/// Noise is pushed away from the outputs for the forgotten records and taught as retained labels. It reads D_f. Two deviations: noise is
/// learned in evaluation mode, and noise and retained records go through batch normalisation together.
/// </summary>
internal sealed class UnsirRecordsMethod : EditingMethod
{
    /// <summary>The name on the command line.</summary>
    public const string Name = "unsir-records";

    private const ulong NoisePurpose = 1;

    private static readonly MethodOption Epochs = MethodOption.Whole("epochs", 2, "Impair epochs over pairs of forgotten and retained batches.");
    private static readonly MethodOption BatchSize = MethodOption.Whole("batch-size", 64, "Records of each half of a pair; fewer where fewer are forgotten. A rest is left out, as in the source.");
    private static readonly MethodOption NoiseSteps = MethodOption.Whole("noise-steps", 5, "Steps that the noise of a pair is learned for.", minimum: 0);
    private static readonly MethodOption NoiseRate = MethodOption.Positive("noise-rate", 0.01, "Adam's rate for the noise.");
    private static readonly MethodOption ImpairRate = MethodOption.Positive("impair-lr", 0.001, "Rate of SGD in the impair epochs.");
    private static readonly MethodOption RepairRate = MethodOption.Positive("repair-lr", 0.001, "Rate of SGD in the repair epochs.");
    private static readonly MethodOption RepairEpochs = MethodOption.Whole("repair-epochs", 1, "Passes over all retained records afterwards.", minimum: 0);

    public override MethodDescriptor Descriptor { get; } = new(
        Name, "Adaptation of UNSIR to records and people", Granularity.Records | Granularity.Subjects,
        MethodNeeds.ForgetSet | MethodNeeds.RetainSet, Guarantee.Heuristic, "Choi and Na, arXiv 2311.02240 (adaptation of arXiv 2111.08947)")
    {
        Options = [Epochs, BatchSize, NoiseSteps, NoiseRate, ImpairRate, RepairRate, RepairEpochs],
        Contradictions = values =>
        {
            if (values.Whole(NoiseSteps) == 0) values.RefuseIdle("--noise-steps 0", NoiseRate);
            if (values.Whole(RepairEpochs) == 0) values.RefuseIdle("--repair-epochs 0", RepairRate);
        },
    };

    protected override IEnumerable<Phase> Phases(EditTask task)
    {
        var size = Math.Min(task.Options.Whole(BatchSize), Math.Min(task.Forgotten.Count, task.Retained.Count));
        var pairs = Math.Min(task.Forgotten.Count, task.Retained.Count) / size;
        var epochs = task.Options.Whole(Epochs);
        yield return new Phase(
            $"adapted to records: impair by noise against {task.Forgotten.Count} forgotten records",
            (long)epochs * pairs * size * (task.Options.Whole(NoiseSteps) + 3), edit => Impair(edit, epochs, pairs, size));
        var repairs = task.Options.Whole(RepairEpochs);
        yield return new Phase("repair on all retained records", (long)repairs * task.Retained.Count, edit =>
        {
            using var optimizer = torch.optim.SGD(edit.Module.parameters(), task.Options.Number(RepairRate));
            for (var epoch = 0; epoch < repairs; epoch++)
                edit.Each(edit.Retained, task.Options.Whole(BatchSize), batch => optimizer.Step(F.cross_entropy(edit.Logits(batch.Input), batch.Target)), epoch);
        })
        {
            ChangesModel = repairs > 0,
        };
    }

    private static void Impair(Edit edit, int epochs, int pairs, int size)
    {
        using var optimizer = torch.optim.SGD(edit.Module.parameters(), edit.Options.Number(ImpairRate));
        var (away, loss) = (0.0, 0.0);
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            var (forgotten, retained) = (edit.Batches(edit.Forgotten, size, 2 * epoch), edit.Batches(edit.Retained, size, 2 * epoch + 1));
            for (var i = 0; i < pairs; i++)
            {
                edit.Cancellation.ThrowIfCancellationRequested();
                using var scope = torch.NewDisposeScope();
                var stays = edit.Read([.. retained[i].Take(size)]);
                var (noise, distance) = Noise(edit, edit.Read([.. forgotten[i].Take(size)]).Input, (ulong)(epoch * pairs + i));
                edit.Count(size);
                edit.Module.train();
                var target = torch.cat([stays.Target, stays.Target]);
                var error = F.cross_entropy(edit.Logits(torch.cat([noise, stays.Input])), target) * 2;
                optimizer.Step(error);
                (away, loss) = (away + distance, loss + error.ToDouble());
            }
        }
        edit.Memory.Tell("adaptation to records: mean squared distance of noise logits from forgotten ones", away / (epochs * pairs));
        edit.Memory.Tell("impair: mean loss", loss / (epochs * pairs));
    }

    /// <summary>Noise whose logits are far from those of forgotten records, as normalised input, and the mean squared distance before the last step.</summary>
    private static (Tensor Noise, double Distance) Noise(Edit edit, Tensor forgotten, ulong pair)
    {
        var normalization = edit.Recipe.Normalization!;
        var parameters = edit.Module.parameters().Where(parameter => parameter.requires_grad).ToList();
        parameters.ForEach(parameter => parameter.requires_grad = false);
        edit.Module.eval();
        using var generator = new Generator(edit.Seed(NoisePurpose, pair), forgotten.device);
        var noise = torch.randn(forgotten.shape, generator, requires_grad: true);
        Tensor reference;
        using (torch.no_grad()) reference = edit.Logits(forgotten);
        using var optimizer = torch.optim.Adam([noise], edit.Options.Number(NoiseRate));
        var distance = 0.0;
        for (var step = 0; step < edit.Options.Whole(NoiseSteps); step++)
        {
            edit.Count(forgotten.shape[0]);
            var squared = F.mse_loss(edit.Logits(normalization.Apply(noise)), reference);
            optimizer.Step(-squared);
            distance = squared.ToDouble();
        }
        parameters.ForEach(parameter => parameter.requires_grad = true);
        var samples = noise.detach();
        return (normalization.Apply(forgotten.dim() == 4 ? samples.clamp(0, 1) : samples), distance);
    }
}
