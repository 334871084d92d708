using Lethe.Methods.Editing;
using Lethe.Methods.Options;

namespace Lethe.Methods.Baselines;

/// <summary>How far methods that ascend the loss of D_f go. Cross-entropy has no upper end: without one they destroy the model.</summary>
internal static class LossCap
{
    private const double TimesGuessing = 3;

    public static readonly MethodOption Option = MethodOption.Positive(
        "loss-cap", null, "Batches of records to forget whose mean loss is above it are not pushed further; three times the loss of guessing, 3·ln(classes), by default.");

    public static double Of(EditTask task) => task.Options.NumberOrNull(Option) ?? TimesGuessing * Math.Log(task.Run.Dataset.ClassNames.Count);
}
