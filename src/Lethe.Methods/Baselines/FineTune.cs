using Lethe.Core.Plans;
using Lethe.Methods.Editing;
using Lethe.Methods.Options;

namespace Lethe.Methods.Baselines;

/// <summary>The cheap baseline: go on training on the retained records and hope that the others fade. Promises nothing.</summary>
internal sealed class FineTune : EditingMethod
{
    /// <summary>The name on the command line.</summary>
    public const string Name = "fine-tune";

    /// <summary>Share of the recipe's initial rate that is used by default: schedules end at or near 0, where nothing would change.</summary>
    public const double RateShare = 0.1;

    private static readonly MethodOption Epochs = MethodOption.Whole("epochs", 5, "Passes over the retained records.");
    private static readonly MethodOption Rate = MethodOption.Positive("lr", null, "Learning rate; a tenth of the recipe's by default.");

    public override MethodDescriptor Descriptor { get; } = new(
        Name, "Fine-tune on the retained records", Granularity.Any, MethodNeeds.RetainSet, Guarantee.Heuristic, "standard baseline")
    {
        Options = [Epochs, Rate],
    };

    protected override IEnumerable<Phase> Phases(EditTask task)
    {
        var rate = task.Options.NumberOrNull(Rate) ?? RateShare * task.Recipe.LearningRate;
        for (var epoch = 1; epoch <= task.Options.Whole(Epochs); epoch++)
        {
            yield return new Phase($"epoch {epoch} over the retained records", task.Retained.Count, edit =>
            {
                using var optimizer = edit.Optimizer(rate);
                edit.Train(optimizer, edit.Retained);
            });
        }
    }
}
