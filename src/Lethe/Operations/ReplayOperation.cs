using Lethe.Core.Errors;
using Lethe.Core.Numerics;
using Lethe.Core.Progress;
using Lethe.Core.Records;
using Lethe.Core.Steps;
using Lethe.Core.Store;
using Lethe.Torch;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Operations;

/// <summary>Executes steps of a run again and compares the bits.</summary>
internal sealed class ReplayOperation(ReplayOptions options, TimeProvider time, IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
{
    public ReplaySummary Replay(string directory)
    {
        ReplayChoice.Validate(options);
        using var run = Run.Open(directory, writable: true);
        CommittedRequests.Finish(run);
        run.RequireReady();
        if (run.Recipe.Scheme == TrainingScheme.Imported)
            throw new BadDataException($"{directory} was imported: how its model was trained is unknown, so that there is no step to execute again. What an edit did to it is a matter of measures: lethe verify RUN --gold MODEL.pt");
        var records = RunLineage.Records(run);
        if (records.Count == 0)
            throw new BadDataException($"{directory} holds no {StepRecording.FileName}: the version of Lethe that trained it recorded no steps. Train it again to have a run that can be replayed.");
        var lineage = RunLineage.Of(run, run.Index, records);
        var available = lineage.Where(one => CanReplay(run, one)).ToList();
        var choice = ReplayChoice.Of(run, options, records, lineage, available);
        var current = RequireProfile(run, choice.Chosen);
        using var data = DataReading.LoadTraining(run);
        var problems = new ReplayConsistency(run, records, lineage).Problems();
        using var replay = new StepReplay(run, data, time);
        var steps = Execute(run, replay, choice.Chosen);
        var report = new ReplayReport
        {
            Format = ReplayReport.CurrentFormat,
            Request = run.Index.History.Count == 0 ? null : run.Index.History[^1].Request,
            Served = run.Index.Served!.Value,
            Data = data.Manifest.Digest,
            Partition = run.Partition.Digest,
            Recipe = run.Recipe.Digest,
            Profile = current,
            Forgotten = run.Index.Deleted.Count,
            Deleted = DeletedRecords.DigestOf(run.Index.Deleted),
            Recorded = [.. records.Select(record => record.Digest)],
            Available = available.Count,
            AvailableSamples = available.Sum(one => one.Step!.Samples),
            Share = choice.Share,
            Key = choice.Key,
            Steps = steps,
            Problems = problems,
            Proves = [],
            DoesNotProve = [],
            At = time.GetUtcNow(),
        };
        report = ReplayStatements.Complete(report, run, lineage);
        string path = Path.Combine(report.Request is { } request ? run.RequestDirectory(request) : run.Directory, ReplayReport.FileName);
        var stored = StrongerReplay.Stored(path, report);
        var kept = stored is not null && StrongerReplay.Stays(stored, report) ? stored : null;
        var written = StrongerReplay.Merged(stored, report);
        if (kept is null)
            AtomicFile.WriteAllText(path, written.ToJson() + "\n");
        RunEvents.Complete(run);
        return new ReplaySummary(run.Directory, path, report)
        {
            Kept = kept is null ? null : new KeptReplay(kept.Steps.Count, kept.Equal, kept.At),
            EarlierUnequal = written.Steps.Count - report.Steps.Count,
        };
    }

    /// <summary>Whether a checkpoint's step and its input are known.</summary>
    private static bool CanReplay(Run run, CheckpointLineage one) =>
        one.Step is { Kind: StepKind.Initial } || (one.Step is { Kind: StepKind.Trained, Input: { } input } && run.Index.Checkpoints.Contains(input));

    /// <exception cref="BadDataException">A chosen step was computed with another profile than this process has.</exception>
    private static NumericProfile RequireProfile(Run run, IReadOnlyList<CheckpointLineage> chosen)
    {
        EngineProfile.Apply(run.Recipe);
        var current = EngineProfile.Current(run.Recipe) with { Threads = torch.get_num_threads() };
        foreach (var source in chosen.Select(one => one.Source!).Distinct())
        {
            var differences = EngineProfile.Differences(source.Profile, current);
            if (differences.Count == 0) continue;
            throw new BadDataException(
                $"Replay compares bits, and this process does not compute those of {source.Request ?? "the training"}: {string.Join("; ", differences)}. "
                + $"Equal work would look different here. Replay on a machine and with a libtorch as there (the profile stands in {StepRecording.FileName}), "
                + $"or compare models by measures, which bear such differences: lethe verify {run.Directory}");
        }

        return current;
    }

    private List<ReplayedStep> Execute(Run run, StepReplay replay, IReadOnlyList<CheckpointLineage> chosen)
    {
        long done = 0, total = chosen.Sum(one => one.Step!.Samples);
        var steps = new List<ReplayedStep>();
        foreach (var one in chosen)
        {
            cancellation.ThrowIfCancellationRequested();
            string what = $"step {steps.Count + 1} of {chosen.Count}";
            progress?.Report(new ProgressUpdate("replay", done, total, what));
            long before = done, samples = one.Step!.Samples;
            var inner = new Relay(update => progress?.Report(new ProgressUpdate("replay", before + samples * update.Done / Math.Max(1, update.Total), total, what)));
            steps.Add(Execute(run, replay, one, inner));
            done += samples;
        }

        return steps;
    }

    private ReplayedStep Execute(Run run, StepReplay replay, CheckpointLineage one, IProgress<ProgressUpdate> inner)
    {
        var step = one.Step!;
        var unknown = new ReplayedStep(one.Block, step.Kind, one.Checkpoint, null, null, 0, 0, null, 0, 0);
        try
        {
            if (step.Kind == StepKind.Initial)
                return unknown with { Got = replay.Initial(), Problem = Stored(run, one.Checkpoint) };
            var outcome = replay.Train(one.Block, step.Input!.Value, cancellation, inner);
            return unknown with
            {
                Got = outcome.Output,
                Problem = Stored(run, one.Checkpoint),
                Records = outcome.Records,
                EmptySlots = outcome.EmptySlots,
                Inputs = outcome.Inputs,
                Samples = outcome.Result.Samples,
                Seconds = outcome.Result.Seconds,
            };
        }
        catch (Exception error) when (error is StoreDamagedException or BadDataException)
        {
            return unknown with { Problem = error.Message };
        }
    }

    /// <summary>What is wrong with an object; null: nothing.</summary>
    private static string? Stored(Run run, Digest digest)
    {
        try
        {
            run.Store.Get(digest);
            return null;
        }
        catch (StoreDamagedException error)
        {
            return error.Message;
        }
    }

    private sealed class Relay(Action<ProgressUpdate> target) : IProgress<ProgressUpdate>
    {
        public void Report(ProgressUpdate value) => target(value);
    }
}
