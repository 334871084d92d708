using Lethe.Core.Plans;
using Lethe.Core.Requests;
using Lethe.Methods;
using Lethe.Methods.Options;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Operations;

/// <summary>Plans one request with all methods.</summary>
internal static class PlanningOperation
{
    public static PlanComparison Compare(string directory, RecordSelection selection, TimeProvider time)
    {
        using var run = Run.Open(directory, writable: false);
        using var data = DataReading.LoadTraining(run);
        var resolved = SelectionResolver.Resolve(selection, data, run.Index.Deleted);
        var request = ForgetRequest.Create("plan", resolved.Selection, resolved.Records, time.GetUtcNow());
        UnlearningPlan[] plans = [.. MethodCatalog.All.Select(method => method.Plan(request, run, data.Manifest, MethodOptions.None))];
        int[] blocks = [.. resolved.Records.Select(record => run.Partition.Locate(record).Block).Distinct().Order()];
        bool sharded = run.Recipe.Scheme == TrainingScheme.Sisa;
        return new PlanComparison
        {
            Selection = resolved.Selection.Describe(),
            Records = resolved.Records.Count,
            Subjects = resolved.Subjects,
            Blocks = blocks,
            BlockCount = run.BlockCount,
            Shards = sharded ? [.. blocks.Select(run.Recipe.Layout.ShardOf).Distinct()] : null,
            ShardCount = sharded ? run.Recipe.Shards : null,
            DefaultMethod = MethodCatalog.DefaultFor(run.Recipe.Scheme),
            Retraining = run.Recipe.Scheme == TrainingScheme.Imported ? null : plans[0].Retraining,
            Plans = [.. plans.OrderBy(plan => plan.Refusal is not null).ThenBy(plan => plan.Refusal is null ? plan.Guarantee : 0).ThenBy(plan => plan.Estimate.Samples)],
            Notes = [.. BlockSize.Notes(run), .. plans.Any(plan => plan.Refusal is null) ? NotesOnServing(run, resolved) : []],
        };
    }

    private static IEnumerable<string> NotesOnServing(Run run, ResolvedSelection selection)
    {
        if (HeldCandidate.Open(run) is { } held && !held.Request.Records.SequenceEqual(selection.Records))
            yield return $"{held.Request.Id} is not decided: its new model waits, and a run has one at a time.";
        if (FewRecords.BeforeForgetting(run, selection.Records.Count) is { } verdict)
            yield return verdict;
    }
}
