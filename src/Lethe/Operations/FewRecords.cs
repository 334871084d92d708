using Lethe.Core.Verdicts;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Operations;

/// <summary>Says beforehand what a verdict on a small request comes to, so that nobody trains gold models for nothing.</summary>
internal static class FewRecords
{
    /// <summary>Share of the records below which a request is small.</summary>
    private const double SmallShare = 0.01;

    private const string NoTrace = "So small a request mostly leaves no trace that a test could see: the verdict is then UNVERIFIED, and serving the new model is your decision, by";

    /// <summary>For a plan; null where the policy asks for no verdict.</summary>
    public static string? BeforeForgetting(Run run, int records)
    {
        var policy = PolicyFile.Of(run);
        if (policy.Promotion != PromotionRule.Verdict)
            return null;
        string golds = IsImported(run) ? "which for an imported run needs models that you retrained: --gold" : $"which trains {policy.Golds} gold models";
        string waits = $"the new model waits for its verdict before it is served (`lethe verify`, {golds}).";
        return IsSmall(run, records) ? $"{waits} {NoTrace} `lethe forget --serve` or `lethe promote --override`." : waits;
    }

    /// <summary>For a candidate that waits; null where its verdict should be asked for.</summary>
    public static string? WhileWaiting(Run run, int records) => IsImported(run)
        ? "No gold model can be trained for an imported run: name models that you retrained without the records (`lethe verify --gold`), or serving the new model is your decision, by `lethe promote --override` or the same command with --serve."
        : IsSmall(run, records) ? $"{NoTrace} `lethe promote --override` or the same command with --serve." : null;

    private static bool IsImported(Run run) => run.Recipe.Scheme == TrainingScheme.Imported;

    private static bool IsSmall(Run run, int records) => records < SmallShare * run.Dataset.Count;
}
