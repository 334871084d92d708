using Lethe.Core.Plans;
using Lethe.Methods.Editing;
using Lethe.Methods.Options;

namespace Lethe.Methods.Baselines;

/// <summary>EU-k: forgets the last k layers wholly and trains them again on D_r; the layers before keep what they know.</summary>
internal sealed class ExactUnlearningOfLastLayers : EditingMethod
{
    /// <summary>The name on the command line.</summary>
    public const string Name = "eu-k";

    private static readonly MethodOption Epochs = MethodOption.Whole("epochs", 10, "Passes over the retained records (SCRUB's comparison).");

    private static readonly MethodOption Rate = MethodOption.Positive(
        "lr", null, "Learning rate of the first epoch, falling linearly to the last; the recipe's by default.");

    public override MethodDescriptor Descriptor { get; } = new(
        Name, "Draw the last k layers anew and train them on the retained records", Granularity.Any, MethodNeeds.RetainSet, Guarantee.Heuristic,
        "Goel et al. 2022 (arXiv 2201.06640), EU-k")
    {
        Options = [LastLayers.Count, Epochs, Rate],
    };

    protected override IEnumerable<Phase> Phases(EditTask task)
    {
        var (rate, epochs) = (task.Options.NumberOrNull(Rate) ?? task.Recipe.LearningRate, task.Options.Whole(Epochs));
        for (var epoch = 1; epoch <= epochs; epoch++)
        {
            var share = (epochs - epoch + 1) / (double)epochs;
            yield return new Phase($"epoch {epoch} of the new last layers over the retained records", task.Retained.Count, edit =>
            {
                using var last = new LastLayers(edit);
                if (edit.Phase == 1) Begin(edit, last);
                using var optimizer = edit.Optimizer(share * rate);
                edit.Train(optimizer, edit.Retained);
            });
        }
    }

    private static void Begin(Edit edit, LastLayers last)
    {
        last.TellTo(edit);
        var generator = edit.Generator();
        foreach (var layer in last.Trained) layer.Reinitialise(generator);
    }
}
