using Lethe.Core.Plans;
using Lethe.Methods.Editing;
using Lethe.Methods.Options;
using Lethe.Torch;

namespace Lethe.Methods.Baselines;

/// <summary>
/// Selective synaptic dampening: weights that matter much more for D_f than for all data are shrunk, without training. Importance is the
/// mean squared gradient of the batches, as in the authors' code; a batch size of 1 gives the per-record gradients of the paper's formula.
/// </summary>
internal sealed class SelectiveDampening : EditingMethod
{
    /// <summary>The name on the command line.</summary>
    public const string Name = "ssd";

    private static readonly MethodOption Alpha =
        MethodOption.Positive("alpha", 10, "Weights are dampened where their importance for D_f exceeds this times the one for all data.");

    private static readonly MethodOption Lambda =
        MethodOption.Positive("lambda", 1, "A dampened weight is multiplied by at most this times the ratio of the importances.");

    private static readonly MethodOption BatchSize =
        MethodOption.Whole("batch-size", 64, "Records whose mean gradient is squared together; 1 squares the gradient of each record.");

    public override MethodDescriptor Descriptor { get; } = new(
        Name,
        "Dampen the weights that matter for the forgotten records",
        Granularity.Any,
        MethodNeeds.ForgetSet | MethodNeeds.RetainSet,
        Guarantee.Heuristic,
        "Foster, Schoepf, Brintrup 2024 (AAAI), arXiv 2308.07707")
    {
        Options = [Alpha, Lambda, BatchSize],
    };

    /// <summary>What a weight is multiplied by: min(1, λ·I_D / I_f) where I_f exceeds α·I_D, else 1.</summary>
    public static Tensor Factor(Tensor forgotten, Tensor all, double alpha, double lambda)
    {
        var damped = (all * lambda / forgotten).clamp(max: 1);
        return torch.where(forgotten.gt(all * alpha), damped, torch.ones_like(all));
    }

    protected override bool InTrainingMode => false;

    protected override IEnumerable<Phase> Phases(EditTask task)
    {
        var all = new RecordSet(task.Forgotten.Records.Concat(task.Retained.Records), task.Data.Labels);
        yield return new Phase("measure how much each weight matters for all records", all.Count, edit =>
        {
            using var scope = torch.NewDisposeScope();
            var importance = Importance(edit, all);
            foreach (var ((name, _), value) in edit.Parameters().Zip(importance)) edit.Memory.Keep(name, value);
        })
        {
            ChangesModel = false,
            KeptBytes = task.ParameterBytes,
        };
        yield return new Phase("measure it for the forgotten records and dampen", task.Forgotten.Count, Dampen);
    }

    private static void Dampen(Edit edit)
    {
        using var scope = torch.NewDisposeScope();
        var importance = Importance(edit, edit.Forgotten);
        using var noGrad = torch.no_grad();
        var shares = new List<double>();
        foreach (var ((name, parameter), forgotten) in edit.Parameters().Zip(importance))
        {
            var all = edit.Memory.Kept(name).to(parameter.device);
            var factor = Factor(forgotten, all, edit.Options.Number(Alpha), edit.Options.Number(Lambda));
            parameter.mul_(factor);
            shares.Add(factor.lt(1).sum().ToDouble() / factor.numel());
            edit.Memory.Drop(name);
        }
        edit.Memory.Tell("share of weights dampened", shares, [.. edit.Parameters().Select(entry => entry.Name)]);
    }

    private static Tensor[] Importance(Edit edit, RecordSet set)
    {
        var (sums, batches) = ParameterGradients.Sum(edit, set, edit.Options.Whole(BatchSize), gradient => gradient.square());
        return [.. sums.Select(sum => sum / batches)];
    }
}
