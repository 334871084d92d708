using System.Collections.Concurrent;
using System.Globalization;
using Lethe.Core.Plans;
using Lethe.Core.Progress;
using Lethe.Core.Requests;
using Lethe.Core.Store;
using Lethe.Methods;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>Trains the shards of a run in worker processes; this process alone writes the run, slice by slice as they come.</summary>
internal sealed class ShardProcesses(ShardWorkers workers, bool forceProfile, IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
{
    /// <summary>The command that a worker runs: RUN SHARD.</summary>
    public const string Command = "shard-worker";

    /// <summary>What a worker may take for its current step once it has heard that nobody waits for it.</summary>
    private static readonly TimeSpan StopsBy = TimeSpan.FromSeconds(5);

    /// <summary>The option of that command for a shard that is retrained for a request.</summary>
    public const string RequestOption = "--request";

    public void Train(Run run, int count)
    {
        if (!forceProfile) EngineProfile.Require(run.Profile, EngineProfile.Current(run.Recipe));
        Share(run, ShardTraining.Unfinished(run), count, [], $"Go on with: lethe train --resume {run.Directory}", (slice, running) =>
        {
            run.Add(CanonicalJson.Deserialize<TrainedSlice>(slice));
            progress?.Report(new ProgressUpdate(
                "train", run.TrainedBlocks, run.BlockCount, Together(running)));
        });
    }

    /// <summary>Retrains what a plan still has to retrain, so that its execution finds it done.</summary>
    public void Retrain(Run run, IShardwiseMethod method, UnlearningPlan plan, ForgetRequest request, int count)
    {
        if (!forceProfile) EngineProfile.Require(run.Profile, EngineProfile.Current(run.Recipe));
        var slices = method.Unfinished(plan, request, run);
        var total = plan.Steps.Count(step => step.Samples > 0);
        var done = Math.Max(0, total - slices.Count);
        Share(run, [.. slices.Select(run.Recipe.Layout.ShardOf).Distinct()], count, [RequestOption, request.Id], "Repeat the command: it goes on where it was.", (slice, running) =>
        {
            method.Keep(plan, request, run, slice);
            progress?.Report(new ProgressUpdate(plan.Method, ++done, total, Together(running)));
        });
    }

    private void Share(Run run, IReadOnlyList<int> shards, int count, string[] options, string advice, Action<string, int> onSlice)
    {
        var waiting = new Queue<int>(shards);
        var news = new BlockingCollection<(WorkerProcess Worker, string? Slice)>();
        var running = new List<WorkerProcess>();
        try
        {
            while (waiting.Count > 0 || running.Count > 0)
            {
                while (waiting.Count > 0 && running.Count < count) running.Add(WorkerProcess.Start(workers, [.. Order(run, waiting.Dequeue()), .. options], news));
                var (worker, slice) = news.Take(cancellation);
                if (slice is not null)
                {
                    onSlice(slice, running.Count);
                    continue;
                }
                running.Remove(worker);
                worker.RequireSuccess("trained a shard", advice, cancellation);
            }
        }
        finally
        {
            running.ForEach(worker => worker.End());
            running.ForEach(worker => worker.Stop(StopsBy));
            for (var open = running.Count; open > 0;)
            {
                if (news.Take(CancellationToken.None).Slice is { } slice) onSlice(slice, open);
                else open--;
            }
        }
    }

    private static string Together(int running) => running == 1 ? "1 shard" : $"{running} shards at a time";

    private string[] Order(Run run, int shard) =>
        [Command, run.Directory, shard.ToString(CultureInfo.InvariantCulture), .. forceProfile ? ["--force-profile"] : Array.Empty<string>()];
}
