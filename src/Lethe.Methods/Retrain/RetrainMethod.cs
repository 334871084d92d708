using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Core.Requests;
using Lethe.Methods.Execution;
using Lethe.Methods.Options;
using Lethe.Training.Runs;

namespace Lethe.Methods.Retrain;

/// <summary>
/// Exact retraining on the retained records with the run's own recipe and seed. From the last exact checkpoint before the first deleted
/// record it gives the same bits as from scratch, because no earlier block ever saw the records; given the recorded normalisation and partition, which were taken from all data.
/// </summary>
public sealed class RetrainMethod : IUnlearningMethod
{
    /// <summary>The name on the command line.</summary>
    public const string Name = "retrain";

    private static readonly MethodOption FromScratch =
        MethodOption.Flag("from-scratch", "Begin at the initial model instead of the last checkpoint that never saw the records; same bits, more work.");

    /// <inheritdoc/>
    public MethodDescriptor Descriptor { get; } = new(
        Name,
        "Retrain on the retained records",
        Granularity.Any,
        MethodNeeds.RetainSet | MethodNeeds.Recipe,
        Guarantee.Exact,
        "definition of exact unlearning")
    {
        Options = [FromScratch],
    };

    /// <inheritdoc/>
    public UnlearningPlan Plan(ForgetRequest request, Run run, DatasetManifest data, MethodOptions options)
    {
        var draft = new PlanDraft(Descriptor, request, run, data, options);
        if (draft.CommonRefusal() is { } refusal) return draft.Refuse(refusal);
        var (scope, start) = (draft.Scope, Start(run, draft.Scope, draft.Options.Flag(FromScratch)));
        var steps = new List<PlanStep> { new($"start from checkpoint {start}", null, 0) };
        for (var block = start + 1; block <= scope.BlockCount; block++)
        {
            var records = scope.RecordsIn(block);
            steps.Add(new PlanStep(records > 0 ? $"retrain without {records} records" : "retrain", block, scope.SamplesOf(block)));
        }
        var estimate = draft.Pricing.Estimate(scope.SamplesOf(start + 1, scope.BlockCount), scope.BlockCount - start, 0);
        return draft.Serve(steps, estimate, Guarantee.Exact);
    }

    /// <inheritdoc/>
    public UnlearningResult Execute(
        UnlearningPlan plan, ForgetRequest request, UnlearningContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        var scope = PlanDraft.Check(plan, request, context, Descriptor);
        var run = context.Run;
        var start = Start(run, scope, PlanDraft.OptionsOf(plan, Descriptor).Flag(FromScratch));
        using var replay = new BlockReplay(
            context, run.Recipe, run.Partition, scope.Deleted, ForgetProgress.Open(run, request, plan));
        var checkpoints = run.Index.Checkpoints.ToArray();
        var state = new ReplayedState(replay.Load(start), checkpoints[start]!.Value);
        for (var block = start + 1; block <= scope.BlockCount; block++)
        {
            replay.Report("retrain", block - start - 1, scope.BlockCount - start, $"block {block} of {scope.BlockCount}");
            state = replay.Retrain(block, state.Bytes, cancellation);
            checkpoints[block] = state.Digest;
        }
        return ResultAssembly.Assemble(plan, request, context, scope, replay.Cost, new Outcome(
            state.Bytes, state.Digest, checkpoints, Guarantee.Exact, start + 1, scope.BlockCount)
        { Trained = replay.Steps });
    }

    /// <summary>The newest checkpoint that is there, is exact and never saw the records; M_0 from scratch.</summary>
    private static int Start(Run run, ForgetScope scope, bool fromScratch)
    {
        if (fromScratch) return 0;
        var start = Math.Min(scope.FirstBlock, ExactPrefix.Of(run.Index)) - 1;
        while (start > 0 && run.Index.Checkpoints[start] is null) start--;
        return start;
    }
}
