using Lethe.Core.Plans;
using Lethe.Methods.Editing;
using Lethe.Methods.Options;
using Lethe.Torch;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Methods.Baselines;

/// <summary>Trains D_f with wrong labels, drawn once for each record, among D_r with its own.</summary>
internal sealed class RandomLabels : EditingMethod
{
    /// <summary>The name on the command line.</summary>
    public const string Name = "random-labels";

    private const ulong LabelPurpose = 0x4C, SharePurpose = 0x53; // "L", "S"

    private static readonly MethodOption Epochs = MethodOption.Whole("epochs", 3, "Passes over all these records.");
    private static readonly MethodOption Rate = MethodOption.Positive("lr", 1e-4, "Learning rate of Adam.");
    private static readonly MethodOption BatchSize = MethodOption.Whole("batch-size", 128, "Records of a step.");

    private static readonly MethodOption RetainShare = MethodOption.Number(
        "retain-share", 1, "Share of the retained records of every class that is trained on.", 0, 1);

    public override MethodDescriptor Descriptor { get; } = new(
        Name, "Train the records to forget with drawn wrong labels, among the retained ones", Granularity.Any,
        MethodNeeds.ForgetSet | MethodNeeds.RetainSet, Guarantee.Heuristic,
        "random labels of Golatkar et al., CVPR 2020 (arXiv 1911.04933); settings of Chundawat et al. 2023 (arXiv 2205.08096)")
    {
        Options = [Epochs, Rate, BatchSize, RetainShare],
    };

    protected override string? Refusal(EditTask task) => StayingClasses.Refusal(task);

    protected override IEnumerable<Phase> Phases(EditTask task)
    {
        var epochs = task.Options.Whole(Epochs);
        var records = task.Forgotten.And(task.Retained.Share(task.Options.Number(RetainShare), task.Seed(SharePurpose)));
        yield return new Phase($"{Passes(epochs)} with wrong labels for the records to forget", (long)epochs * records.Count, edit => Train(edit, records));
    }

    private static void Train(Edit edit, RecordSet records)
    {
        using var optimizer = torch.optim.Adam(edit.Module.parameters(), edit.Options.Number(Rate));
        var wrong = WrongLabels(edit.Task);
        var losses = new List<double>();
        for (var epoch = 0; epoch < edit.Options.Whole(Epochs); epoch++)
        {
            var sum = 0.0;
            edit.Each(records, edit.Options.Whole(BatchSize), batch =>
            {
                var target = torch.tensor([.. batch.Records.Select(record => (long)wrong.GetValueOrDefault(record, records.LabelOf(record)))]);
                var loss = F.cross_entropy(edit.Logits(batch.Input), target.to(batch.Target.device));
                optimizer.Step(loss);
                sum += loss.ToDouble() * batch.Records.Count;
            }, epoch, augment: true);
            losses.Add(sum / records.Count);
        }
        edit.Memory.Tell("mean loss of each epoch", losses);
    }

    private static Dictionary<int, int> WrongLabels(EditTask task)
    {
        var others = StayingClasses.Others(task);
        return task.Forgotten.Records.ToDictionary(
            record => record, record => StayingClasses.Draw(others[task.Forgotten.LabelOf(record)], task.Seed(LabelPurpose, (ulong)record)));
    }
}
