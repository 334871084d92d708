using Lethe.Core.Errors;
using Lethe.Core.Plans;
using Lethe.Core.Progress;
using Lethe.Methods;
using Lethe.Methods.Options;
using Lethe.Training.Datasets;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>Shares the shards of a request among worker processes, where that pays.</summary>
internal static class ShardRetraining
{
    /// <summary>Below this a worker's start takes longer than it saves.</summary>
    private const double WorthSeconds = 10;

    /// <summary>Retrains shards in worker processes; does nothing where this process does it as well.</summary>
    /// <exception cref="UsageException">A number of processes was asked for, and the method retrains no shards.</exception>
    /// <returns>How many processes shared the work.</returns>
    public static int Share(
        Run run, TensorDataset data, IUnlearningMethod method, UnlearningPlan plan, RequestFolder folder, ShardWorkers workers, bool forceProfile,
        IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
    {
        if (method is not IShardwiseMethod shardwise) return 1;
        if (workers.Most is null && plan.Estimate.Seconds is null or < WorthSeconds) return 1;
        var shards = shardwise.Unfinished(plan, folder.Request, run).Select(run.Recipe.Layout.ShardOf).Distinct().Count();
        var count = Math.Min(shards, WorkerCount.Of(workers, run, data));
        if (count <= 1) return 1;
        new ShardProcesses(workers, forceProfile, progress, cancellation).Retrain(run, shardwise, plan, folder.Request, count);
        return count;
    }

    /// <summary>Refuses a number of processes that a method cannot use.</summary>
    public static void RequireFor(IUnlearningMethod method, ShardWorkers? workers)
    {
        if (workers?.Most is { } most && method is not IShardwiseMethod)
            throw new UsageException($"--processes {most} means nothing to {method.Descriptor.Name}: only sisa retrains by several processes. Leave it out.");
    }

    /// <summary>Does one shard's part in a worker.</summary>
    public static void Serve(string directory, string request, int shard, Action<string> onSlice, bool forceProfile, TimeProvider time, CancellationToken cancellation)
    {
        using var run = Run.Open(directory, writable: false);
        var folder = RequestFolder.Find(directory, request) ?? throw new BadDataException($"{directory} has no request {request}.");
        using var data = DataReading.LoadTraining(run);
        var method = (IShardwiseMethod)MethodCatalog.Find(MethodCatalog.DefaultFor(run.Recipe.Scheme));
        var plan = method.Plan(folder.Request, run, data.Manifest, MethodOptions.None);
        method.RetrainShard(plan, folder.Request, new UnlearningContext(run, data, null, time) { ForceProfile = forceProfile }, shard, onSlice, cancellation);
    }
}
