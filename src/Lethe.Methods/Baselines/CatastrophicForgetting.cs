using Lethe.Core.Plans;
using Lethe.Methods.Editing;
using Lethe.Methods.Options;

namespace Lethe.Methods.Baselines;

/// <summary>CF-k: goes on training the last k layers on D_r and hopes that the rest fades.</summary>
internal sealed class CatastrophicForgetting : EditingMethod
{
    /// <summary>The name on the command line.</summary>
    public const string Name = "cf-k";

    private static readonly MethodOption Epochs = MethodOption.Whole("epochs", 10, "Passes over the retained records (SCRUB's comparison).");
    private static readonly MethodOption Rate = MethodOption.Positive("lr", null, "Learning rate; a tenth of the recipe's by default.");

    public override MethodDescriptor Descriptor { get; } = new(
        Name, "Fine-tune the last k layers on the retained records", Granularity.Any, MethodNeeds.RetainSet, Guarantee.Heuristic,
        "Goel et al. 2022 (arXiv 2201.06640), CF-k")
    {
        Options = [LastLayers.Count, Epochs, Rate],
    };

    protected override IEnumerable<Phase> Phases(EditTask task)
    {
        var rate = task.Options.NumberOrNull(Rate) ?? FineTune.RateShare * task.Recipe.LearningRate;
        for (var epoch = 1; epoch <= task.Options.Whole(Epochs); epoch++)
        {
            yield return new Phase($"epoch {epoch} of the last layers over the retained records", task.Retained.Count, edit =>
            {
                using var last = new LastLayers(edit);
                if (edit.Phase == 1) last.TellTo(edit);
                using var optimizer = edit.Optimizer(rate);
                edit.Train(optimizer, edit.Retained);
            });
        }
    }
}
