using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Lethe.Core.Errors;
using Lethe.Core.Progress;
using Lethe.Core.Store;
using Lethe.Training.Datasets;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>Trains the shards of a run in worker processes; this process alone writes the run's index, slice by slice as they come.</summary>
internal sealed class ShardProcesses(ShardWorkers workers, IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
{
    /// <summary>The command that a worker runs: RUN SHARD.</summary>
    public const string Command = "shard-worker";

    /// <summary>What a worker takes besides its copies of the data: the engine, the model and a batch's intermediate results.</summary>
    private const long WorkerBytes = 600L << 20;

    private const int CopiesOfData = 2;

    /// <summary>How many workers memory allows, at most those asked for.</summary>
    public int Count(TensorDataset data)
    {
        var each = WorkerBytes + CopiesOfData * data.Samples.numel() * (data.IsImage ? 1 : sizeof(float));
        return (int)Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / each, 1, workers.Most);
    }

    public void Train(Run run, TensorDataset data)
    {
        var layout = run.Recipe.Layout;
        var waiting = new Queue<int>(Enumerable.Range(1, layout.Shards).Where(shard =>
            Enumerable.Range(layout.FirstBlock(shard), layout.Slices).Any(block => run.Index.Checkpoints[block] is null)));
        var news = new BlockingCollection<(Worker Worker, string? Slice)>();
        var running = new List<Worker>();
        try
        {
            while (waiting.Count > 0 || running.Count > 0)
            {
                while (waiting.Count > 0 && running.Count < Count(data)) running.Add(Start(run, waiting.Dequeue(), news));
                var (worker, slice) = news.Take(cancellation);
                if (slice is null)
                {
                    running.Remove(worker);
                    Require(worker, run);
                    continue;
                }
                run.Add(CanonicalJson.Deserialize<TrainedSlice>(slice));
                progress?.Report(new ProgressUpdate(
                    "train", run.Index.Checkpoints.Skip(1).Count(checkpoint => checkpoint is not null), run.BlockCount, $"{running.Count} shards at a time"));
            }
        }
        finally
        {
            running.ForEach(Stop);
        }
    }

    private Worker Start(Run run, int shard, BlockingCollection<(Worker Worker, string? Slice)> news)
    {
        var start = new ProcessStartInfo(workers.Program)
        {
            RedirectStandardInput = true, // a worker ends when its standard input does, so that none outlives this process
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in workers.Arguments) start.ArgumentList.Add(argument);
        foreach (var argument in new[] { Command, run.Directory, shard.ToString(CultureInfo.InvariantCulture) }) start.ArgumentList.Add(argument);
        var process = Process.Start(start) ?? throw new LetheException($"Cannot start {workers.Program}: train with --processes 1.");
        var worker = new Worker(process, process.StandardError.ReadToEndAsync(CancellationToken.None));
        _ = Task.Run(
            () =>
            {
                while (process.StandardOutput.ReadLine() is { } line) news.Add((worker, line));
                process.WaitForExit();
                news.Add((worker, null));
            },
            CancellationToken.None);
        return worker;
    }

    private static void Require(Worker worker, Run run)
    {
        using (worker.Process)
        {
            if (worker.Process.ExitCode != 0)
                throw new LetheException($"A process that trained a shard failed: {worker.Errors.Result.Trim()} Go on with: lethe train --resume {run.Directory}");
        }
    }

    private static void Stop(Worker worker)
    {
        using (worker.Process)
        {
            worker.Process.Kill();
            worker.Process.WaitForExit();
        }
    }

    private sealed record Worker(Process Process, Task<string> Errors);
}
