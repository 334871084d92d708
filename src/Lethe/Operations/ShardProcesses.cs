using System.Collections.Concurrent;
using System.Globalization;
using Lethe.Core.Progress;
using Lethe.Core.Store;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>Trains the shards of a run in worker processes; this process alone writes the run's index, slice by slice as they come.</summary>
internal sealed class ShardProcesses(ShardWorkers workers, bool forceProfile, IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
{
    /// <summary>The command that a worker runs: RUN SHARD.</summary>
    public const string Command = "shard-worker";

    public void Train(Run run, int count)
    {
        if (!forceProfile) EngineProfile.Require(run.Profile, EngineProfile.Current(run.Recipe));
        var waiting = new Queue<int>(ShardTraining.Unfinished(run));
        var news = new BlockingCollection<(WorkerProcess Worker, string? Slice)>();
        var running = new List<WorkerProcess>();
        try
        {
            while (waiting.Count > 0 || running.Count > 0)
            {
                while (waiting.Count > 0 && running.Count < count) running.Add(WorkerProcess.Start(workers, Order(run, waiting.Dequeue()), news));
                var (worker, slice) = news.Take(cancellation);
                if (slice is null)
                {
                    running.Remove(worker);
                    worker.RequireSuccess("trained a shard", $"Go on with: lethe train --resume {run.Directory}", cancellation);
                    continue;
                }
                run.Add(CanonicalJson.Deserialize<TrainedSlice>(slice));
                progress?.Report(new ProgressUpdate(
                    "train", run.Index.Checkpoints.Skip(1).Count(checkpoint => checkpoint is not null), run.BlockCount, $"{running.Count} shards at a time"));
            }
        }
        finally
        {
            running.ForEach(worker => worker.Stop());
        }
    }

    private string[] Order(Run run, int shard) =>
        [Command, run.Directory, shard.ToString(CultureInfo.InvariantCulture), .. forceProfile ? ["--force-profile"] : Array.Empty<string>()];
}
