using Lethe.Core.Progress;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>Trains the shadow models of a run's last request ahead of a verification, or only prices them.</summary>
internal sealed class ShadowOperation(ShadowTrainingOptions options, ShardWorkers? workers, TimeProvider time, IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
{
    public ShadowSummary Grow(string directory)
    {
        using var run = Run.Open(directory, writable: true);
        CommittedRequests.Finish(run);
        var subject = ShadowSubject.Of(run);
        using var data = DataReading.LoadTraining(run);
        using var test = DataReading.LoadTest(run, data);
        string folder = Path.GetFullPath(options.Store ?? ShadowFolder.Of(run.Directory));
        var farm = new ShadowFarm(run, data, test, folder, new ShadowOptions { Workers = workers, Time = time, ForceProfile = options.ForceProfile });
        var jobs = subject.Models(run, options.PerSide).Jobs(data.Manifest);
        var price = farm.Price(jobs);
        long start = time.GetTimestamp();
        if (!options.PriceOnly)
        {
            subject.RequireHeld(run, farm, jobs, options.RetrainForgotten);
            ShadowProgress.Announce(price, progress);
            farm.Grow(jobs, progress, cancellation);
        }

        return new ShadowSummary
        {
            Run = run.Directory,
            Request = subject.Request.Id,
            Method = subject.Plan.Method,
            Records = subject.Request.Records.Count,
            Store = folder,
            Price = price,
            Trained = options.PriceOnly ? 0 : price.Missing,
            Elapsed = time.GetElapsedTime(start).TotalSeconds,
        };
    }
}
