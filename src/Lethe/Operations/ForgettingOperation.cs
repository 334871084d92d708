using Lethe.Core.Errors;
using Lethe.Core.Plans;
using Lethe.Core.Progress;
using Lethe.Core.Records;
using Lethe.Methods;
using Lethe.Methods.Options;
using Lethe.Reports;
using Lethe.Training.Datasets;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Operations;

/// <summary>Serves one forget request from acceptance to report.</summary>
internal sealed class ForgettingOperation(ForgettingOptions options, TimeProvider time, IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
{
    private const int PicturesShown = 12;

    public ForgettingSummary Forget(string directory, RecordSelection texts)
    {
        var methodOptions = MethodOptions.Of(options.Settings);
        if (options.Method is { } named) methodOptions.RequireFor(MethodCatalog.Find(named).Descriptor);
        var policy = options.Policy is { } file ? PolicyFile.Read(file) : null;
        using var run = Run.Open(directory, writable: true);
        var method = MethodCatalog.Find(options.Method ?? MethodCatalog.DefaultFor(run.Recipe.Scheme));
        run.RequireReady();
        using var data = DataReading.LoadTraining(run);
        using var test = options.Measure ? DataReading.LoadTest(run, data) : null;
        if (RequestFolder.FinishCommitted(run) is { } committed && committed.ReadResult() is { } outcome && Repeats(texts, data, run, committed.Request) is { } same)
            return Summarize(run, committed, outcome, same, committed.ReadBefore());
        var selection = SelectionResolver.Resolve(texts, data, run.Index.Deleted);
        var request = RequestFolder.Draft(run, selection, time.GetUtcNow(), options.Reason);
        var plan = method.Plan(request, run, data.Manifest, methodOptions);
        if (plan.Refusal is { } refusal)
            throw new BadDataException($"{(refusal.StartsWith(method.Descriptor.Name, StringComparison.OrdinalIgnoreCase) ? "" : $"{method.Descriptor.Name} cannot serve this request: ")}{refusal} {Alternatives(request, run, data.Manifest)}".TrimEnd());

        EngineProfile.Apply(run.Recipe);
        var folder = RequestFolder.Accept(run, request, plan);
        if (policy is not null)
            PolicyFile.Write(run.RequestDirectory(request.Id), policy);
        return Serve(run, data, test, folder, method, plan, selection);
    }

    private ForgettingSummary Serve(
        Run run, TensorDataset data, TensorDataset? test, RequestFolder folder, IUnlearningMethod method, UnlearningPlan plan, ResolvedSelection selection)
    {
        var request = folder.Request;
        int[] forgotten = [.. request.Records.Select(record => record.Value)];
        var probe = options.Measure ? new ModelProbe(run, data, test, forgotten, run.Index.Deleted.Concat(forgotten).ToHashSet(), cancellation) { Policy = PolicyFile.Of(run, request.Id) } : null;
        Digest served = run.Index.Served!.Value;
        var before = probe is null ? null : MeasureBefore(run, folder, probe, served);
        using var result = method.Execute(plan, request, new UnlearningContext(run, data, progress, time) { ForceProfile = options.ForceProfile }, cancellation);

        progress?.Report(new ProgressUpdate("report", 0, 0));
        var next = result.NextIndex;
        var after = probe?.View(result.Candidate).Aggregate(next.Served!.Value, run.Recipe.Seed);
        var curve = TraceFigures.Curve(result.Trace, next.NoiseFloor);
        bool byBlock = result.Trace is not null || next.History[^1].LastBlock is not null;
        var timeline = !byBlock ? null : TraceFigures.Timeline(run, forgotten, result.Trace, next.History[^1]);
        var profile = run.BlockCount > 1 ? probe?.Profile(result.Candidate) : null;
        var record = ForgettingRecord.Of(request, plan, result, run)
            with
        { Measured = after, Pictures = options.Pictures, GoldModelsDestroyed = GoldCache.Destroy(run.Directory) };
        var summary = Summarize(run, folder, record, selection, before);
        var section = ReportSections.Of(summary, curve, timeline)
            with
        { FindingPictures = RecordPictures.Of(record.Findings.Pictures), Pictures = options.Pictures ? RecordPictures.Of(data, request.Records, PicturesShown) : [] };

        // Everything is written before the commit, so that whoever finds it made only has to rename.
        folder.Stage(record, ReportSections.Page(section, RunSetting.Of(run), profile, time.GetUtcNow()));
        folder.Stage(result.Steps);
        run.Commit(next);
        folder.Finish();
        return summary;
    }

    /// <summary>The selection, if it names exactly the records of a request that was just served; null otherwise.</summary>
    private static ResolvedSelection? Repeats(RecordSelection texts, TensorDataset data, Run run, Core.Requests.ForgetRequest served)
    {
        var deletedBefore = run.Index.Deleted.Except(served.Records.Select(record => record.Value)).ToList();
        var selection = SelectionResolver.Resolve(texts, data, deletedBefore);
        return selection.Records.SequenceEqual(served.Records) ? selection : null;
    }

    private ModelAggregates MeasureBefore(Run run, RequestFolder folder, ModelProbe probe, Digest served)
    {
        if (folder.ReadBefore(served) is { } known)
            return known;
        progress?.Report(new ProgressUpdate("measure", 0, 0, "the model before"));
        using var state = run.Load(served);
        var before = probe.View(state).Aggregate(served, run.Recipe.Seed);
        folder.WriteBefore(before);
        return before;
    }

    private static ForgettingSummary Summarize(Run run, RequestFolder folder, ForgettingRecord record, ResolvedSelection selection, ModelAggregates? before)
    {
        CostBar[] costs =
        [
            new("forgetting", record.Cost.Samples, record.Cost.Seconds, true),
            new("retraining from scratch", record.Retraining.Samples, record.Retraining.Seconds, false),
            new("resuming before the first forgotten record", record.Resuming.Samples, record.Resuming.Seconds, false),
        ];
        bool comparable = run.Recipe.Scheme != TrainingScheme.Imported;
        return new ForgettingSummary
        {
            Run = run.Directory,
            Request = record.Request,
            Headline = Wording.Headline(record.Records, selection.Subjects, costs[0], comparable ? costs[1] : null),
            Decision = record.Decision,
            Settings = record.Settings,
            Warnings = ForgettingWarnings.Of(record, before),
            Method = record.Method,
            Guarantee = record.Guarantee,
            Records = record.Records,
            Subjects = selection.Subjects,
            Cost = record.Cost,
            Costs = comparable ? costs : costs[..1],
            Measures = before is null ? [] : [.. MeasureTable.Accuracies(before, record.Measured, []), .. MeasureTable.Losses(before, record.Measured, [])],
            Findings = record.Findings.Numbers,
            Before = record.Before,
            After = record.After,
            ObjectsDestroyed = record.Destroyed.Count,
            GoldModelsDestroyed = record.GoldModelsDestroyed,
            Report = folder.Report,
        };
    }

    private static string Alternatives(Core.Requests.ForgetRequest request, Run run, DatasetManifest data)
    {
        var able = MethodCatalog.All.Where(method => method.Plan(request, run, data, MethodOptions.None).Refusal is null).Select(method => method.Descriptor.Name).ToList();
        return able.Count == 0 ? "" : $"These methods can: {string.Join(", ", able)}.";
    }
}
