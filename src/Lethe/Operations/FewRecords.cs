using Lethe.Core.Verdicts;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Operations;

/// <summary>Says beforehand what a verdict on ordinary requests comes to, so that nobody trains gold models for nothing.</summary>
internal static class FewRecords
{
    private const string NoTrace = "A few ordinary records mostly leave no trace that a test could see: the verdict is then UNVERIFIED, and serving the new model is your decision, by";

    /// <summary>For a plan; null where the policy asks for no verdict.</summary>
    public static string? BeforeForgetting(Run run)
    {
        var policy = PolicyFile.Of(run);
        if (policy.Promotion != PromotionRule.Verdict)
            return null;
        string golds = run.Recipe.Scheme == TrainingScheme.Imported ? "which for an imported run needs models that you retrained: --gold" : $"which trains {policy.Golds} gold models";
        return $"the new model waits for its verdict before it is served (`lethe verify`, {golds}). {NoTrace} `lethe forget --serve` or `lethe promote --override`.";
    }

    /// <summary>For a candidate that waits.</summary>
    public static string WhileWaiting(Run run) => run.Recipe.Scheme == TrainingScheme.Imported
        ? "No gold model can be trained for an imported run: name models that you retrained without the records (`lethe verify --gold`), or serving the new model is your decision, by `lethe promote --override` or the same command with --serve."
        : $"{NoTrace} `lethe promote --override` or the same command with --serve.";
}
