using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Core.Requests;
using Lethe.Methods.Execution;
using Lethe.Methods.Options;
using Lethe.Methods.Parameters;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Methods.DeepObliviate;

/// <summary>
/// DeepObliviate (He, Meng, Chen, He, Hu; arXiv 2105.06209): retrain from the block before the first deleted record until the temporal
/// residual memory has faded, then reuse the stored updates of the remaining blocks.
/// </summary>
public sealed class DeepObliviateMethod : IUnlearningMethod
{
    /// <summary>The name on the command line.</summary>
    public const string Name = "deep-obliviate";

    /// <inheritdoc/>
    public MethodDescriptor Descriptor { get; } = new(
        Name,
        "DeepObliviate: retrain the affected blocks, stitch the rest",
        Granularity.Any,
        MethodNeeds.RetainSet | MethodNeeds.Recipe | MethodNeeds.BlockCheckpoints,
        Guarantee.Approximate,
        "He, Meng, Chen, He, Hu: DeepObliviate, arXiv 2105.06209 (2021); stop test 'floor' is ours")
    {
        Options = DeepObliviateOptions.All,
        Contradictions = DeepObliviateOptions.RequireMeant,
    };

    /// <inheritdoc/>
    public UnlearningPlan Plan(ForgetRequest request, Run run, DatasetManifest data, MethodOptions options)
    {
        var draft = new PlanDraft(Descriptor, request, run, data, options);
        var chosen = DeepObliviateOptions.From(draft.Options);
        if ((draft.CommonRefusal() ?? Missing(draft) ?? MissingFloor(draft, chosen)) is { } refusal) return draft.Refuse(refusal);
        return new DeepObliviatePlanning(draft, chosen).Plan();
    }

    /// <inheritdoc/>
    public UnlearningResult Execute(
        UnlearningPlan plan, ForgetRequest request, UnlearningContext context, CancellationToken cancellation)
    {
        var scope = PlanDraft.Check(plan, request, context, Descriptor);
        var (run, options) = (context.Run, DeepObliviateOptions.From(PlanDraft.OptionsOf(plan, Descriptor)));
        using var replay = new BlockReplay(
            context, run.Recipe, run.Partition, scope.Deleted, ForgetProgress.Open(run, request, plan));
        var parameters = ParametersOf(replay);
        var forgetting = new Forgetting(scope, replay, run.Index.NoiseFloor, options, parameters);
        forgetting.Go(cancellation);

        replay.Report("stitch", 0, 1);
        var checkpoints = StitchedRun.Write(forgetting, replay, run.Index.Checkpoints, parameters);
        var model = forgetting.Retrained.ContainsKey(scope.BlockCount)
            ? forgetting.Newest
            : Served(replay, context, scope, run.Store.Get(checkpoints[^1]!.Value), cancellation);
        var exact = forgetting.Stitches.Count == 0 && scope.FirstBlock - 1 < ExactPrefix.Of(run.Index);
        replay.Report("stitch", 1, 1);
        var served = replay.Put(model);
        return ResultAssembly.Assemble(plan, request, context, scope, replay.Cost, new Outcome(
            model, served, checkpoints, exact ? Guarantee.Exact : Guarantee.Approximate,
            scope.FirstBlock, forgetting.Points[^1].Block, Decision.Trace(forgetting, scope, options, exact))
        { Trained = replay.Steps });
    }

    private static string[] ParametersOf(BlockReplay replay)
    {
        using var state = StateDict.FromModule(replay.Module);
        return [.. state.ParameterNames];
    }

    /// <summary>The stitched model with its batch-norm statistics measured anew, where it has any.</summary>
    private static byte[] Served(
        BlockReplay replay, UnlearningContext context, ForgetScope scope, byte[] stitched, CancellationToken cancellation)
    {
        replay.CountRead(stitched.Length);
        if (!BatchNormReestimation.IsNeeded(replay.Module)) return stitched;
        using (var state = StateDict.FromSafetensors(stitched)) state.CopyTo(replay.Module);
        replay.CountSamples(BatchNormReestimation.Apply(replay.Module, context.Run, context.Data, scope.Deleted, cancellation));
        using var measured = StateDict.FromModule(replay.Module);
        return measured.ToSafetensors();
    }

    private static string? Missing(PlanDraft draft)
    {
        for (var k = draft.Scope.FirstBlock - 1; k <= draft.Scope.BlockCount; k++)
        {
            if (draft.Run.Index.Checkpoints[k] is null)
                return $"DeepObliviate needs the checkpoints {draft.Scope.FirstBlock - 1} to {draft.Scope.BlockCount}, but checkpoint {k} "
                    + $"was destroyed by {Destroyer(draft.Run.Index.DestroyerOf(k))}: use --method retrain, which writes them again.";
        }
        return null;
    }

    private static string Destroyer(HistoryEntry? entry) => entry is null ? "an earlier request" : $"{entry.Request} ({entry.Method})";

    private static string? MissingFloor(PlanDraft draft, DeepObliviateOptions options) =>
        options.Stop.Mode == StopMode.Floor && draft.Run.Index.NoiseFloor is not { Points.Count: > 0 }
            ? "The run has no noise floor, which --stop floor compares with: use --stop fit or --stop dfa."
            : null;
}
