using Lethe.Core.Errors;
using Lethe.Core.Progress;
using Lethe.Core.Records;
using Lethe.Core.Requests;
using Lethe.Methods;
using Lethe.Methods.Options;
using Lethe.Torch;
using Lethe.Training.Datasets;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Operations;

/// <summary>Trains one shadow model after the other in this process; whatever was done when it is stopped or killed is done.</summary>
/// <param name="run">The run that the models are made like; may be open for reading.</param>
/// <param name="data">Its training data.</param>
/// <param name="test">Its test data; null: none.</param>
/// <param name="store">Where the answers go.</param>
/// <param name="options">How to train.</param>
internal sealed class ShadowTraining(Run run, TensorDataset data, TensorDataset? test, ShadowStore store, TrainingOptions options)
{
    private static readonly DateTimeOffset ReceivedNever = DateTimeOffset.UnixEpoch; // nothing that is kept shows it

    private readonly Evaluator _evaluator = new();

    /// <summary>Training options that give a shadow the noise floor that the run has.</summary>
    public static TrainingOptions OptionsOf(Run run, TimeProvider time, bool forceProfile)
    {
        var floor = run.Index.NoiseFloor;
        return new TrainingOptions
        {
            FloorBlocks = floor?.Points.Count ?? TrainingOptions.DefaultFloorBlocks,
            FloorRepeats = floor is { Points.Count: > 0 } ? floor.Points[0].Distances.Count : TrainingOptions.DefaultFloorRepeats,
            Time = time,
            ForceProfile = forceProfile,
        };
    }

    /// <summary>Whether the store has all that a job gives.</summary>
    public bool IsDone(ShadowJob job) => store.Holds(ShadowStore.KeyOf(run, Test, job)) && !Missing(job).Any();

    /// <summary>Does what is missing of a job.</summary>
    /// <exception cref="BadDataException">A method cannot serve the request.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the same call goes on.</exception>
    public void Do(ShadowJob job, IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
    {
        if (IsDone(job))
            return;
        var key = ShadowStore.KeyOf(run, Test, job);
        string work = store.WorkOf(key);
        using (var shadow = ShadowRun.Open(run, work, job.Seed, job.Excluded))
        {
            TrainingSession.Train(shadow, data, progress, cancellation, options);
            if (!store.Holds(key))
                Keep(key, shadow, null, cancellation);
            foreach (var method in Missing(job))
                Forget(shadow, job, method, cancellation);
        }

        Directory.Delete(work, recursive: true);
    }

    private Digest? Test => test?.Manifest.Digest;

    private IEnumerable<ShadowMethod> Missing(ShadowJob job) => job.Forgettings.Where(method => !store.Holds(ShadowStore.KeyOf(run, Test, job, method)));

    private void Forget(Run shadow, ShadowJob job, ShadowMethod chosen, CancellationToken cancellation)
    {
        var key = ShadowStore.KeyOf(run, Test, job, chosen);
        var method = MethodCatalog.Find(chosen.Name);
        var request = ForgetRequest.Create(key.Short, SelectionOf(job), job.Forgotten.Select(record => new RecordId(record)), ReceivedNever);
        var plan = method.Plan(request, shadow, data.Manifest, MethodOptions.Of(chosen.Options).WithoutDefaults(method.Descriptor));
        if (plan.Refusal is { } refusal)
            throw new BadDataException($"A shadow model cannot forget its part of the records as the run did: {refusal} Leave out --shadows.");
        using var result = method.Execute(plan, request, new UnlearningContext(shadow, data, null, options.Time, options.ForceProfile), cancellation);
        Keep(key, shadow, result.Candidate, cancellation);
    }

    private Selection SelectionOf(ShadowJob job) => job.Unit switch
    {
        ShadowUnit.Subjects when data.Manifest.Subjects is { } subjects => new Selection.BySubjects([.. job.Forgotten.Select(record => subjects[record]).Distinct()]),
        ShadowUnit.Classes => new Selection.ByClasses([.. job.Forgotten.Select(record => data.Manifest.Labels[record]).Distinct().Order()]),
        _ => new Selection.ByRecords([.. job.Forgotten.Select(record => new RecordId(record))]),
    };

    private void Keep(Digest key, Run shadow, StateDict? state, CancellationToken cancellation)
    {
        using var model = state is null ? shadow.CreateModel(shadow.Index.Served!.Value) : shadow.CreateModel();
        state?.CopyTo(model);
        store.Write(key, Answers(model, cancellation));
    }

    /// <summary>What a model of the run says of all records.</summary>
    public ShadowLogits Answers(torch.nn.Module<Tensor, Tensor> model, CancellationToken cancellation) => new(
        _evaluator.Logits(model, data, run.Normalization, cancellation),
        test is null ? null : _evaluator.Logits(model, test, run.Normalization, cancellation));
}
