using Lethe.Core.Errors;
using Lethe.Core.Plans;
using Lethe.Core.Progress;
using Lethe.Core.Records;
using Lethe.Core.Verdicts;
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

    private int _processes = 1;

    /// <summary>How shards are retrained by several processes; null: by this one.</summary>
    public ShardWorkers? Workers { get; init; }

    public ForgettingSummary Forget(string directory, RecordSelection texts)
    {
        var methodOptions = MethodOptions.Of(options.Settings);
        if (options.Method is { } named) methodOptions.RequireFor(MethodCatalog.Find(named).Descriptor);
        var policy = options.Policy is { } file ? PolicyFile.Read(file) : null;
        using var run = Run.Open(directory, writable: true);
        var method = MethodCatalog.Find(options.Method ?? MethodCatalog.DefaultFor(run.Recipe.Scheme));
        ShardRetraining.RequireFor(method, Workers);
        run.RequireReady();
        using var data = DataReading.LoadTraining(run);
        using var test = options.Measure || run.Canaries is not null ? DataReading.LoadTest(run, data) : null;
        if (CommittedRequests.Finish(run) is { } committed && committed.ReadResult() is { } outcome && Repeats(texts, data, run, committed.Request) is { } same)
            return ForgettingSummaries.Of(run, committed, outcome, same.Subjects, null, []);
        var selection = SelectionResolver.Resolve(texts, data, run.Index.Deleted);
        if (HeldCandidate.Open(run) is { } held)
            RequireSame(held, selection, run);
        var earlier = RequestFolder.Unfinished(run, selection.Records);
        var request = earlier?.Request ?? RequestFolder.Draft(run, selection, time.GetUtcNow(), options.Reason);
        var plan = method.Plan(request, run, data.Manifest, methodOptions);
        var change = UnfinishedRequest.Compare(earlier, plan, options.Reason);
        if (HeldCandidate.Open(run) is { } waiting)
            return (change.OtherWay ?? OtherPolicy(run, waiting, policy)) is { } other ? throw new BadDataException($"{other} To make another: lethe withdraw {run.Directory} {request.Id}, then repeat the command.") : Decide(run, waiting, selection, change.Notes);
        if (plan.Refusal is { } refusal)
            throw new BadDataException($"{(refusal.StartsWith(method.Descriptor.Name, StringComparison.OrdinalIgnoreCase) ? "" : $"{method.Descriptor.Name} cannot serve this request: ")}{refusal} {Alternatives(request, run, data.Manifest)}".TrimEnd());

        EngineProfile.Apply(run.Recipe);
        foreach (string note in change.Notes)
            progress?.Report(new ProgressUpdate("request", 0, 0, note));
        var folder = RequestFolder.Accept(run, request, plan);
        if (policy is not null)
            PolicyFile.Write(run.RequestDirectory(request.Id), policy);
        RunEvents.Complete(run);
        try
        {
            return Decide(run, Make(run, data, test, folder, method, plan, selection), selection, change.Notes) with { Processes = _processes };
        }
        catch (OperationCanceledException stopped)
        {
            throw new ForgettingStoppedException(run.Directory, request.Id, stopped);
        }
    }

    /// <summary>Computes the candidate and keeps it with everything that is written of it, so that its promotion only has to rename.</summary>
    private HeldCandidate Make(
        Run run, TensorDataset data, TensorDataset? test, RequestFolder folder, IUnlearningMethod method, UnlearningPlan plan, ResolvedSelection selection)
    {
        var request = folder.Request;
        int[] forgotten = [.. request.Records.Select(record => record.Value)];
        var policy = PolicyFile.Of(run, request.Id);
        var probe = options.Measure ? new ModelProbe(run, data, test, forgotten, run.Index.Deleted.Concat(forgotten).ToHashSet(), cancellation) { Policy = policy } : null;
        var before = probe is null ? null : MeasureBefore(run, folder, probe, run.Index.Served!.Value);
        if (Workers is { } workers) _processes = ShardRetraining.Share(run, data, method, plan, folder, workers, options.ForceProfile, progress, cancellation);
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
        {
            Measured = after,
            Pictures = options.Pictures,
            GoldModelsDestroyed = GoldCache.CountStale(run, next.Deleted),
            Canaries = AskCanaries(run, data, test, forgotten, result.Candidate),
            CanariesStay = CanaryCheck.CountStaying(run, data, forgotten),
            CanariesNotAsked = test is null ? CanaryCheck.CountGone(run, data, forgotten) : 0,
        };
        record = record with { Gate = ForgettingGate.Judge(record, before, policy.MaxAccuracyLoss) };

        ForgettingReport Page(Waiting? waiting)
        {
            var section = ReportSections.Of(ForgettingSummaries.Of(run, folder, record, selection.Subjects, waiting, []), curve, timeline)
                with
            { FindingPictures = RecordPictures.Of(record.Findings.Pictures), Pictures = options.Pictures ? RecordPictures.Of(data, request.Records, PicturesShown) : [] };
            return ReportSections.Page(section, RunSetting.Of(run), profile, time.GetUtcNow());
        }

        cancellation.ThrowIfCancellationRequested();
        folder.Stage(record, Page(null), Page(Waiting.Of(record.Gate, null, policy)));
        folder.Stage(result.Steps);
        ShadowFolder.Destroy(run); // none can be this candidate's yet
        run.Stage(request.Id, next);
        RunEvents.Complete(run);
        return new HeldCandidate(folder, run.Staged(request.Id)!, record);
    }

    private IReadOnlyList<CanaryResult> AskCanaries(Run run, TensorDataset data, TensorDataset? test, int[] forgotten, StateDict candidate)
    {
        if (test is null || run.Canaries is null)
            return [];
        progress?.Report(new ProgressUpdate("canaries", 0, 0));
        using var served = run.Load(run.Index.Served!.Value);
        return new CanaryCheck(run, data, test, cancellation).Ask(forgotten, served, candidate);
    }

    /// <summary>Promotes a candidate that need not wait, and tells what is now.</summary>
    private ForgettingSummary Decide(Run run, HeldCandidate held, ResolvedSelection selection, IReadOnlyList<string> notes)
    {
        if (PromotionDecision.AtOnce(held, held.ReadVerdict(), PolicyFile.Of(run, held.Request.Id), options.Serve ? options.By ?? Environment.UserName : null) is not { } why)
        {
            if (options.SecureErase)
                notes = [.. notes, "Nothing is destroyed yet: give --secure-erase again to the command that serves or withdraws the new model."];
            return ForgettingSummaries.Of(run, held.Folder, held.Record, selection.Subjects, held.Waits(run), notes);
        }

        var record = Promotion.Commit(run, held, why, options.SecureErase, time);
        return ForgettingSummaries.Of(run, held.Folder, record, selection.Subjects, null, notes);
    }

    /// <summary>Says that the candidate was judged by another policy than the one that is named now; null: by the same, or none is named.</summary>
    private string? OtherPolicy(Run run, HeldCandidate waiting, VerificationPolicy? named) =>
        named is null || named.Digest == PolicyFile.Of(run, waiting.Request.Id).Digest ? null
        : $"The candidate of {waiting.Request.Id} waits under another policy than --policy {options.Policy}.";

    private static void RequireSame(HeldCandidate held, ResolvedSelection selection, Run run)
    {
        if (held.Request.Records.SequenceEqual(selection.Records))
            return;
        string path = run.Directory, id = held.Request.Id;
        throw new BadDataException(
            $"{id} is not decided: its candidate waits, and a run has one at a time. Judge and promote it: lethe verify {path} --promote. "
            + $"Or give it up: lethe withdraw {path} {id}. Then repeat this command.");
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

    private static string Alternatives(Core.Requests.ForgetRequest request, Run run, DatasetManifest data)
    {
        var able = MethodCatalog.All.Where(method => method.Plan(request, run, data, MethodOptions.None).Refusal is null).Select(method => method.Descriptor.Name).ToList();
        return able.Count == 0 ? "" : $"These methods can: {string.Join(", ", able)}.";
    }
}
