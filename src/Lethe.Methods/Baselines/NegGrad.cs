using Lethe.Core.Plans;
using Lethe.Methods.Editing;
using Lethe.Methods.Options;
using Lethe.Torch;
using Lethe.Training.Training;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Methods.Baselines;

/// <summary>
/// Gradient ascent on D_f until the model guesses there: P ← P + η·∇CE. In evaluation mode, so that the statistics of D_f do not take the
/// place of the training data's.
/// </summary>
internal sealed class NegGrad : EditingMethod
{
    /// <summary>The name on the command line.</summary>
    public const string Name = "neg-grad";

    private static readonly MethodOption Epochs = MethodOption.Whole(
        "epochs", 10, "Passes over the records to forget, at most; it ends before at chance accuracy on them (MUFAC's benchmark makes 11).");

    private static readonly MethodOption Rate = MethodOption.Positive(
        "lr", null, "Learning rate of plain gradient steps; a tenth of the recipe's by default (MUFAC's benchmark: 0.001 after 0.01).");

    public override MethodDescriptor Descriptor { get; } = new(
        Name, "Gradient ascent on the records to forget, until chance accuracy", Granularity.Any, MethodNeeds.ForgetSet, Guarantee.Heuristic,
        "NegGrad of Golatkar et al., CVPR 2020 (arXiv 1911.04933); settings of MUFAC's benchmark (arXiv 2311.02240)")
    {
        Options = [Epochs, Rate, LossCap.Option],
    };

    protected override IEnumerable<Phase> Phases(EditTask task)
    {
        var passes = task.Options.Whole(Epochs);
        yield return new Phase(
            $"at most {passes} passes up the loss of the records to forget", (2L * passes + 1) * task.Forgotten.Count, edit => Climb(edit, passes));
    }

    private static void Climb(Edit edit, int passes)
    {
        var rate = edit.Options.NumberOrNull(Rate) ?? FineTune.RateShare * edit.Recipe.LearningRate;
        var chance = 1.0 / edit.Task.Run.Dataset.ClassNames.Count;
        edit.Module.eval();
        using var optimizer = torch.optim.SGD(edit.Module.parameters(), rate);
        var reached = edit.Evaluate(edit.Forgotten);
        List<double> losses = [reached.Loss], accuracies = [reached.Accuracy];
        for (var pass = 0; pass < passes && reached.Accuracy > chance; pass++)
        {
            using var before = StateDict.FromModule(edit.Module);
            Ascend(edit, optimizer, pass);
            reached = edit.Evaluate(edit.Forgotten);
            if (!double.IsFinite(reached.Loss))
            {
                before.CopyTo(edit.Module);
                edit.Memory.Tell("pass that diverged and was undone", pass + 1);
                break;
            }
            losses.Add(reached.Loss);
            accuracies.Add(reached.Accuracy);
        }
        edit.Memory.Tell("loss on the records to forget, before and after each pass", losses);
        edit.Memory.Tell("accuracy on the records to forget, before and after each pass", accuracies);
    }

    private static void Ascend(Edit edit, torch.optim.Optimizer optimizer, int pass)
    {
        var cap = LossCap.Of(edit.Task);
        edit.Each(edit.Forgotten, edit.Recipe.BatchSize, batch =>
        {
            var loss = F.cross_entropy(edit.Logits(batch.Input), batch.Target);
            if (loss.ToDouble() <= cap) optimizer.Step(-loss);
        }, pass, augment: true);
    }
}
