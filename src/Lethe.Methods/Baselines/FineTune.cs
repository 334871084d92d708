using Lethe.Core.Errors;
using Lethe.Core.Numerics;
using Lethe.Core.Partitions;
using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Core.Requests;
using Lethe.Methods.Execution;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Methods.Baselines;

/// <summary>
/// The cheap baseline: go on training on the retained records and hope that the others fade. Promises nothing. Checkpoints that saw the
/// records are destroyed and cannot be made anew, so that later requests in those blocks need exact retraining.
/// </summary>
public sealed class FineTune : IUnlearningMethod
{
    /// <summary>The name on the command line.</summary>
    public const string Name = "fine-tune";

    /// <summary>Passes over the retained records by default (methods.md §5).</summary>
    public const int DefaultEpochs = 5;

    /// <summary>Share of the recipe's initial rate that is used by default: schedules end at or near 0, where nothing would change.</summary>
    public const double RateShare = 0.1;

    private const ulong OrderPurpose = 0x4654; // "FT"

    /// <inheritdoc/>
    public MethodDescriptor Descriptor { get; } = new(
        Name,
        "Fine-tune on the retained records",
        ["records", "subjects", "classes"],
        ["the training data"],
        Guarantee.Heuristic,
        "standard baseline");

    /// <inheritdoc/>
    public UnlearningPlan Plan(ForgetRequest request, Run run, MethodOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var draft = new PlanDraft(Descriptor, request, run, options);
        if (draft.CommonRefusal() is { } refusal) return draft.Refuse(refusal);
        var retained = draft.Scope.RecordCount - draft.Scope.Deleted.Count;
        var steps = Enumerable.Range(1, options.Epochs)
            .Select(epoch => new PlanStep($"epoch {epoch} over the retained records", null, retained))
            .Append(new PlanStep(
                $"destroy checkpoints {draft.Scope.FirstBlock} to {draft.Scope.BlockCount}: they remember the records", null, 0));
        var estimate = draft.Pricing.Estimate((long)retained * options.Epochs, options.Epochs);
        return draft.Serve([.. steps], estimate, Guarantee.Heuristic);
    }

    /// <inheritdoc/>
    public UnlearningResult Execute(
        UnlearningPlan plan, ForgetRequest request, UnlearningContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        var scope = PlanDraft.Check(plan, request, context, Descriptor);
        var (run, options) = (context.Run, MethodOptions.FromDictionary(plan.Options));
        var whole = Partition.Create(context.Data.Manifest, new PartitionOptions { Blocks = 1, Seed = run.Recipe.Seed });
        using var replay = new BlockReplay(
            context, Continuation(run.Recipe, options), whole, scope.Deleted, ForgetProgress.Open(run, request, plan));

        var served = run.Index.Served ?? throw new BadDataException($"Run {run.Directory} serves no model yet: train it to the end first.");
        var state = new ReplayedState(run.Store.Get(served), served);
        replay.CountRead(state.Bytes.Length);
        for (var epoch = 1; epoch <= options.Epochs; epoch++)
        {
            replay.Report("fine-tune", epoch - 1, options.Epochs, $"epoch {epoch} of {options.Epochs}");
            replay.Reseed(CounterRandom.DeriveSeed(run.Recipe.Seed, OrderPurpose, (ulong)epoch));
            state = replay.Retrain(block: 1, state.Bytes, cancellation, saveAs: epoch);
        }
        var checkpoints = run.Index.Checkpoints.ToArray();
        Array.Fill(checkpoints, null, scope.FirstBlock, checkpoints.Length - scope.FirstBlock);
        return ResultAssembly.Assemble(plan, request, context, scope, replay, new Outcome(
            state.Bytes, checkpoints, Guarantee.Heuristic, scope.FirstBlock, LastBlock: null));
    }

    /// <summary>One block of all records, one epoch at a constant rate; the optimizer starts empty in every epoch.</summary>
    private static Recipe Continuation(Recipe recipe, MethodOptions options) => recipe with
    {
        Blocks = 1,
        EpochsPerBlock = 1,
        Warmup = 0,
        Schedule = ScheduleKind.Constant,
        LearningRate = options.LearningRate ?? RateShare * recipe.LearningRate,
    };
}
