using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Core.Requests;
using Lethe.Methods.Execution;
using Lethe.Methods.Options;
using Lethe.Training.Runs;

namespace Lethe.Methods.Editing;

/// <summary>
/// A method that edits the served model in phases and needs no training history. Checkpoints that saw the records are destroyed and cannot
/// be made anew, so that later requests in those blocks need exact retraining or another edit.
/// </summary>
internal abstract class EditingMethod : IUnlearningMethod
{
    public abstract MethodDescriptor Descriptor { get; }

    /// <summary>The phases of a task in order, at least one.</summary>
    protected abstract IEnumerable<Phase> Phases(EditTask task);

    /// <summary>"1 epoch", "5 epochs".</summary>
    protected static string Passes(int epochs) => epochs == 1 ? "1 epoch" : $"{epochs} epochs";

    /// <summary>Whether batches go through the model in training mode, so that batch normalisation takes its statistics from each.</summary>
    protected virtual bool InTrainingMode => true;

    /// <summary>Why this method in particular cannot serve the task, or null.</summary>
    protected virtual string? Refusal(EditTask task) => null;

    public UnlearningPlan Plan(ForgetRequest request, Run run, DatasetManifest data, MethodOptions options)
    {
        var draft = new PlanDraft(Descriptor, request, run, data, options);
        if (draft.CommonRefusal() is { } refusal) return draft.Refuse(refusal);
        var task = new EditTask(Descriptor, request, run, data, draft.Scope, draft.Options);
        if (((InTrainingMode ? BatchNormOfOne.RefusalOfBatches(task) : null) ?? Refusal(task)) is { } special) return draft.Refuse(special);
        Phase[] phases = [.. Phases(task)];
        var steps = phases.Select(phase => new PlanStep(phase.Action, null, phase.Samples)).Append(new PlanStep(
            $"destroy checkpoints {draft.Scope.FirstBlock} to {draft.Scope.BlockCount}: they remember the records", null, 0));
        var price = draft.Pricing.Estimate(
            phases.Sum(phase => phase.Samples), phases.Count(phase => phase.ChangesModel), phases.Sum(phase => phase.KeptBytes()));
        return draft.Serve([.. steps], price, Descriptor.Guarantee);
    }

    public UnlearningResult Execute(UnlearningPlan plan, ForgetRequest request, UnlearningContext context, CancellationToken cancellation)
    {
        var scope = PlanDraft.Check(plan, request, context, Descriptor);
        var run = context.Run;
        var task = new EditTask(Descriptor, request, run, context.Data.Manifest, scope, PlanDraft.OptionsOf(plan, Descriptor));
        EngineProfile.Apply(run.Recipe);
        using var edit = new Edit(task, context.Data);
        var session = new EditSession(context, edit, ForgetProgress.Open(run, request, plan));
        Phase[] phases = [.. Phases(task)];
        for (var number = 1; number <= phases.Length; number++)
        {
            context.Progress?.Report(new(Descriptor.Name, number - 1, phases.Length, phases[number - 1].Action));
            session.Do(number, phases[number - 1], cancellation);
        }
        var checkpoints = run.Index.Checkpoints.ToArray();
        Array.Fill(checkpoints, null, scope.FirstBlock, checkpoints.Length - scope.FirstBlock);
        return ResultAssembly.Assemble(plan, request, context, scope, session.Cost, new Outcome(
            session.Bytes, session.Model, checkpoints, Descriptor.Guarantee, scope.FirstBlock, LastBlock: null)
        { Findings = edit.Memory.Findings });
    }
}
