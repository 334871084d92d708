using Lethe.Core.Errors;
using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Core.Requests;
using Lethe.Methods.Options;
using Lethe.Training.Runs;

namespace Lethe.Methods.Execution;

/// <summary>What the plans of all methods share: the scope, the prices, refusals and notes.</summary>
internal sealed class PlanDraft
{
    private readonly MethodDescriptor _method;
    private readonly ForgetRequest _request;

    public PlanDraft(MethodDescriptor method, ForgetRequest request, Run run, DatasetManifest data, MethodOptions options)
    {
        options.RequireFor(method);
        (_method, _request, Options, Run, Data) = (method, request, options.For(method), run, data);
        Scope = ForgetScope.Of(run, request);
        Pricing = new Pricing(run);
    }

    public Run Run { get; }

    public DatasetManifest Data { get; }

    public OptionValues Options { get; }

    public ForgetScope Scope { get; }

    public Pricing Pricing { get; }

    /// <summary>Why no method can serve the request, or null.</summary>
    public string? CommonRefusal() =>
        Run.Index.Status != RunStatus.Ready
            ? "The run is not trained to its end: finish it with lethe train --resume first."
        : Scope.NewRecords == 0
            ? "All records of the request were forgotten before: there is nothing left to do."
        : Scope.Deleted.Count == Scope.RecordCount
            ? "The request would leave no record: delete the run directory instead."
        : Schemes.Refusal(_method, Run) ?? Granularities.Refusal(_method, _request, Scope, Data);

    /// <summary>A plan that says why the method cannot serve the request.</summary>
    public UnlearningPlan Refuse(string reason) => Base([], new CostEstimate(0, 0, 0), _method.Guarantee) with { Refusal = reason };

    public UnlearningPlan Serve(IReadOnlyList<PlanStep> steps, CostEstimate estimate, Guarantee guarantee) =>
        Base([.. steps, .. Notes()], estimate, guarantee);

    /// <summary>The scope of a plan that is about to run.</summary>
    /// <exception cref="UsageException">The plan is a refusal or belongs to another request or method.</exception>
    /// <exception cref="BadDataException">The data or the numeric profile is not what the run was trained with.</exception>
    public static ForgetScope Check(UnlearningPlan plan, ForgetRequest request, UnlearningContext context, MethodDescriptor method)
    {
        if (plan.Refusal is { } refusal) throw new UsageException(refusal);
        if (plan.Method != method.Name || plan.RequestId != request.Id)
            throw new UsageException($"The plan is for request '{plan.RequestId}' by {plan.Method}, not for '{request.Id}' by {method.Name}: plan again.");
        context.Run.RequireReady();
        context.Run.RequireDataset(context.Data.Manifest);
        if (!context.ForceProfile) EngineProfile.Require(context.Run.Profile, EngineProfile.Current(context.Run.Recipe));
        return ForgetScope.Of(context.Run, request);
    }

    /// <summary>The options that a plan was made with.</summary>
    /// <exception cref="UsageException">The plan was made by other code.</exception>
    public static OptionValues OptionsOf(UnlearningPlan plan, MethodDescriptor method) => MethodOptions.Of(plan.Options).For(method);

    private UnlearningPlan Base(IReadOnlyList<PlanStep> steps, CostEstimate estimate, Guarantee guarantee) => new()
    {
        Method = _method.Name,
        RequestId = _request.Id,
        Steps = steps,
        Estimate = estimate,
        Retraining = Pricing.Retraining(Scope),
        Guarantee = guarantee,
        FirstBlock = Scope.NewRecords > 0 ? Scope.FirstBlock : null,
        LastBlock = Scope.NewRecords > 0 ? Scope.LastBlock : null,
        Options = Options.Texts,
    };

    private IEnumerable<PlanStep> Notes()
    {
        if (_request.Selection is Selection.ByClasses)
            yield return new PlanStep("note: whole classes go; the model keeps their outputs, which nothing trains any more", null, 0);
        foreach (var block in Scope.DeletedBlocks)
        {
            if (Scope.SamplesOf(block) == 0)
                yield return new PlanStep($"note: block {block} keeps no record; its update becomes nothing but weight decay", block, 0);
        }
    }
}
