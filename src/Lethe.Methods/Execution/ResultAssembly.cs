using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Core.Requests;
using Lethe.Core.Steps;
using Lethe.Methods.DeepObliviate;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Methods.Execution;

/// <summary>Puts a result and the run's next index together.</summary>
internal static class ResultAssembly
{
    public static UnlearningResult Assemble(
        UnlearningPlan plan, ForgetRequest request, UnlearningContext context, ForgetScope scope, CostAccount cost, Outcome outcome)
    {
        var checkpoints = outcome.Checkpoints.ToArray();
        if (checkpoints[^1] is not null && context.Run.Recipe.Scheme != TrainingScheme.Sisa) checkpoints[^1] = outcome.Served;
        var pricing = new Pricing(context.Run);
        var next = context.Run.Index with
        {
            Checkpoints = checkpoints,
            Deleted = [.. scope.Deleted.Order()],
            Served = outcome.Served,
            History =
            [
                .. context.Run.Index.History,
                new HistoryEntry(
                    request.Id, plan.Method, outcome.Guarantee, scope.NewRecords, outcome.FirstBlock, outcome.LastBlock, cost,
                    context.Time.GetUtcNow()),
            ],
        };
        return new UnlearningResult
        {
            Candidate = StateDict.FromSafetensors(outcome.Model),
            NextIndex = next,
            Steps = StepRecording.OfRequest(context.Run, request.Id, next, outcome.Trained),
            Cost = cost,
            Resuming = pricing.Resuming(scope),
            Retraining = pricing.Retraining(scope),
            Guarantee = outcome.Guarantee,
            Trace = outcome.Trace,
            Findings = outcome.Findings,
        };
    }
}

/// <summary>What a method computed.</summary>
/// <param name="Model">Safetensors bytes of the model to serve.</param>
/// <param name="Served">Their digest; they are in the store.</param>
/// <param name="Checkpoints">Digests of M_0 … M_B after the request; null where destroyed.</param>
/// <param name="Guarantee">What it guarantees.</param>
/// <param name="FirstBlock">First block whose checkpoint changed.</param>
/// <param name="LastBlock">Last retrained block; null when no block was.</param>
/// <param name="Trace">Stop decisions, if any.</param>
internal sealed record Outcome(
    byte[] Model, Digest Served, IReadOnlyList<Digest?> Checkpoints, Guarantee Guarantee, int FirstBlock, int? LastBlock, ForgettingTrace? Trace = null)
{
    /// <summary>The steps that were trained.</summary>
    public IReadOnlyList<TrainingStep> Trained { get; init; } = [];

    /// <summary>What else the method has to tell.</summary>
    public MethodFindings Findings { get; init; } = MethodFindings.None;
}
