using System.Collections.Concurrent;
using System.Globalization;
using Lethe.Core.Progress;
using Lethe.Core.Store;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>Trains shadow models in worker processes, each of which gets one job after the other.</summary>
internal sealed class ShadowProcesses(ShardWorkers workers, Run run, string store, bool forceProfile)
{
    /// <summary>The command that a worker runs: RUN STORE.</summary>
    public const string Command = "shadow-worker";

    private const double LeastNews = 0.01;

    /// <summary>Does jobs.</summary>
    /// <param name="jobs">What to do.</param>
    /// <param name="count">How many at the same time.</param>
    /// <param name="progress">Told whenever a worker has come further.</param>
    /// <param name="cancellation">Ends the workers; finished jobs stay, and those in work go on from where they were saved.</param>
    public void Do(IEnumerable<ShadowJob> jobs, int count, ShadowProgress progress, CancellationToken cancellation)
    {
        if (!forceProfile) EngineProfile.Require(run.Profile, EngineProfile.Current(run.Recipe));
        var waiting = new Queue<ShadowJob>(jobs);
        var news = new BlockingCollection<(WorkerProcess Worker, string? Share)>();
        var running = new List<WorkerProcess>();
        try
        {
            while (waiting.Count > 0 && running.Count < count)
            {
                running.Add(WorkerProcess.Start(workers, [Command, run.Directory, store, .. forceProfile ? ["--force-profile"] : Array.Empty<string>()], news));
                running[^1].Tell(CanonicalJson.Serialize(waiting.Dequeue()));
            }
            while (running.Count > 0)
            {
                var (worker, text) = news.Take(cancellation);
                if (text is null)
                {
                    running.Remove(worker);
                    worker.RequireSuccess("trained a shadow model", "Models that were finished are kept: repeat the command.", cancellation);
                    continue;
                }
                double share = double.Parse(text, CultureInfo.InvariantCulture);
                progress.Add(worker, share);
                if (share < 1) continue;
                if (waiting.TryDequeue(out var next)) worker.Tell(CanonicalJson.Serialize(next));
                else worker.End();
            }
        }
        finally
        {
            running.ForEach(worker => worker.Stop());
        }
    }

    /// <summary>What a worker does.</summary>
    /// <param name="directory">The run directory.</param>
    /// <param name="store">Where answers go.</param>
    /// <param name="orders">Jobs, one a line.</param>
    /// <param name="onNews">Told shares.</param>
    /// <param name="options">How to train.</param>
    /// <param name="cancellation">Stops after the current step.</param>
    public static void Serve(string directory, string store, IEnumerable<string> orders, Action<string> onNews, ShadowOptions options, CancellationToken cancellation)
    {
        using var run = Run.Open(directory, writable: false);
        using var data = DataReading.LoadTraining(run);
        using var test = DataReading.LoadTest(run, data);
        var training = new ShadowTraining(run, data, test, new ShadowStore(store), ShadowTraining.OptionsOf(run, options.Time, options.ForceProfile));
        foreach (var order in orders)
        {
            double told = 0;
            void Tell(double share)
            {
                if (share < told + LeastNews) return;
                told = share;
                onNews(share.ToString("R", CultureInfo.InvariantCulture));
            }

            training.Do(CanonicalJson.Deserialize<ShadowJob>(order), new ShadowProgress.OfModel(Tell), cancellation);
            onNews("1");
        }
    }
}
