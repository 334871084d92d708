using Lethe.Core.Plans;
using Lethe.Training.Runs;

namespace Lethe.Methods.Execution;

/// <summary>How many leading checkpoints of a run are bit-equal to training on the retained records alone.</summary>
internal static class ExactPrefix
{
    /// <summary>Checkpoints with an index below this number are exact. Told from the history, on the safe side.</summary>
    public static int Of(RunIndex index)
    {
        var all = index.Checkpoints.Count;
        var exact = all;
        foreach (var entry in index.History)
        {
            if (entry.FirstBlock is not { } first) continue;
            exact = entry.Guarantee == Guarantee.Exact ? all : Math.Min(exact, first);
        }
        return exact;
    }
}
