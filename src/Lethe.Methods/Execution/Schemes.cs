using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Methods.Execution;

/// <summary>Whether a run was trained in a way that gives a method what it needs.</summary>
internal static class Schemes
{
    /// <summary>Why the run cannot serve the method, or null.</summary>
    public static string? Refusal(MethodDescriptor method, Run run)
    {
        var (needs, scheme) = (method.Needs, run.Recipe.Scheme);
        return needs.HasFlag(MethodNeeds.BlockCheckpoints) && scheme != TrainingScheme.DeepObliviate
            ? $"{method.Name} needs training in blocks with a checkpoint after each, which this run does not have: train with --scheme deep-obliviate."
            : needs.HasFlag(MethodNeeds.Shards) && scheme != TrainingScheme.Sisa
            ? $"{method.Name} needs shards, which this run does not have: train with --scheme sisa."
            : needs.HasFlag(MethodNeeds.Recipe) && scheme == TrainingScheme.Imported
            ? $"{method.Name} needs the recipe that the model was trained by, and an imported model comes without one."
            : !needs.HasFlag(MethodNeeds.Shards) && scheme == TrainingScheme.Sisa
            ? $"{method.Name} works on one model, and a SISA run serves one a shard: use --method sisa, which is exact."
            : null;
    }
}
