using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Core.Requests;
using Lethe.Core.Store;
using Lethe.Methods.Execution;
using Lethe.Methods.Options;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Methods.Sisa;

/// <summary>
/// SISA (Bourtoule et al., Machine Unlearning, IEEE S&amp;P 2021): each shard that held a record is trained again from the slice before the
/// first one that did; other shards never saw it. Exact: the same bits as training all shards without the records.
/// </summary>
internal sealed class SisaMethod : IShardwiseMethod
{
    /// <summary>The name on the command line.</summary>
    public const string Name = "sisa";

    public MethodDescriptor Descriptor { get; } = new(
        Name,
        "SISA: train the affected shards again from their last clean slice",
        Granularity.Any,
        MethodNeeds.RetainSet | MethodNeeds.Recipe | MethodNeeds.Shards,
        Guarantee.Exact,
        "Bourtoule et al.: Machine Unlearning, IEEE S&P 2021");

    public UnlearningPlan Plan(ForgetRequest request, Run run, DatasetManifest data, MethodOptions options)
    {
        var draft = new PlanDraft(Descriptor, request, run, data, options);
        if (draft.CommonRefusal() is { } refusal) return draft.Refuse(refusal);
        var (scope, layout) = (draft.Scope, run.Recipe.Layout);
        var steps = new List<PlanStep>();
        foreach (var blocks in Affected(scope, layout))
        {
            var from = layout.SliceOf(blocks[0]);
            steps.Add(new PlanStep($"shard {layout.ShardOf(blocks[0])}: start from {(from == 1 ? "the initial model" : $"slice {from - 1}")}", null, 0));
            steps.AddRange(blocks.Select(block => new PlanStep($"train slices 1 to {layout.SliceOf(block)} again", block, scope.SamplesOf(block))));
        }
        var trained = steps.Count(step => step.Block is not null);
        return draft.Serve(steps, draft.Pricing.Estimate(steps.Sum(step => step.Samples), trained, draft.Pricing.EnsembleBytes), Guarantee.Exact);
    }

    public UnlearningResult Execute(
        UnlearningPlan plan, ForgetRequest request, UnlearningContext context, CancellationToken cancellation)
    {
        var scope = PlanDraft.Check(plan, request, context, Descriptor);
        var (run, layout) = (context.Run, context.Run.Recipe.Layout);
        using var replay = new BlockReplay(context, run.Recipe, run.Partition, scope.Deleted, ForgetProgress.Open(run, request, plan));
        var checkpoints = run.Index.Checkpoints.ToArray();
        var affected = Affected(scope, layout).ToArray();
        var (done, total) = (0, affected.Sum(blocks => blocks.Length));
        if (Unfinished(plan, request, run) is { Count: > 0 } left) replay.Report("sisa", total - left.Count, total, $"shard {layout.ShardOf(left[0])}, slice {layout.SliceOf(left[0])}");
        foreach (var blocks in affected)
        {
            foreach (var (block, next) in Retrain(replay, layout, blocks, cancellation))
            {
                done++;
                if (!next.Kept) replay.Report("sisa", done, total, $"shard {layout.ShardOf(block)}, slice {layout.SliceOf(block)}");
                checkpoints[block] = next.Digest;
            }
        }
        var model = ShardEnsemble.Join(run, checkpoints);
        var served = replay.Put(model);
        return ResultAssembly.Assemble(plan, request, context, scope, replay.Cost, new Outcome(
            model, served, checkpoints, Guarantee.Exact, scope.FirstBlock, affected[^1][^1])
        { Trained = replay.Steps });
    }

    public IReadOnlyList<int> Unfinished(UnlearningPlan plan, ForgetRequest request, Run run)
    {
        var (layout, progress) = (run.Recipe.Layout, ForgetProgress.Open(run, request, plan));
        return [.. Affected(ForgetScope.Of(run, request), layout).SelectMany(blocks => blocks).Where(block => !progress.Records(block))];
    }

    public void RetrainShard(
        UnlearningPlan plan, ForgetRequest request, UnlearningContext context, int shard, Action<string> onSlice, CancellationToken cancellation)
    {
        var scope = PlanDraft.Check(plan, request, context, Descriptor);
        var (run, layout) = (context.Run, context.Run.Recipe.Layout);
        var journal = new WorkerJournal(run, ForgetProgress.Open(run, request, plan), onSlice);
        using var replay = new BlockReplay(context, run.Recipe, run.Partition, scope.Deleted, journal);
        var blocks = Affected(scope, layout).Single(blocks => layout.ShardOf(blocks[0]) == shard);
        foreach (var _ in Retrain(replay, layout, blocks, cancellation)) { }
    }

    public void Keep(UnlearningPlan plan, ForgetRequest request, Run run, string slice) =>
        ForgetProgress.Open(run, request, plan).Add(CanonicalJson.Deserialize<ReplayedBlock>(slice));

    private static IEnumerable<(int Block, ReplayedState Next)> Retrain(BlockReplay replay, ShardLayout layout, int[] blocks, CancellationToken cancellation)
    {
        var state = replay.Load(layout.StartOf(blocks[0]));
        foreach (var block in blocks)
        {
            var next = replay.Retrain(block, state, cancellation);
            state = next.Bytes;
            yield return (block, next);
        }
    }

    /// <summary>For each shard that holds a record of the request, its blocks from the first such slice on.</summary>
    private static IEnumerable<int[]> Affected(ForgetScope scope, ShardLayout layout) =>
        scope.DeletedBlocks.GroupBy(layout.ShardOf).Select(shard =>
            Enumerable.Range(shard.Min(), layout.LastBlock(shard.Key) - shard.Min() + 1).ToArray());
}
