using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Lethe.Core.Errors;
using Lethe.Core.Progress;
using Lethe.Core.Store;
using Lethe.Training.Datasets;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>Trains the shards of a run in worker processes; this process alone writes the run's index, slice by slice as they come.</summary>
internal sealed class ShardProcesses(ShardWorkers workers, bool forceProfile, IProgress<ProgressUpdate>? progress, CancellationToken cancellation)
{
    /// <summary>The command that a worker runs: RUN SHARD.</summary>
    public const string Command = "shard-worker";

    /// <summary>What a worker takes besides its copies of data and model: the engine and a batch's intermediate results.</summary>
    private const long WorkerBytes = 600L << 20;

    private const int CopiesOfData = 2;

    /// <summary>Weights, gradients, the optimizer's memory and the checkpoint that is written.</summary>
    private const int CopiesOfModel = 4;

    /// <summary>Ctrl-C reaches the workers as well as this process: one may end before this process has heard of it.</summary>
    private static readonly TimeSpan HearsOfCancellation = TimeSpan.FromSeconds(1);

    /// <summary>How many workers the memory that is free now allows, at most those asked for.</summary>
    public int Count(Run run, TensorDataset data)
    {
        using var member = run.CreateMember();
        var model = member.parameters().Sum(parameter => parameter.numel()) * sizeof(float);
        var each = WorkerBytes + CopiesOfData * data.Samples.numel() * (data.IsImage ? 1 : sizeof(float)) + CopiesOfModel * model;
        var most = workers.Most ?? Math.Max(1, Environment.ProcessorCount / run.Recipe.Threads);
        return (int)Math.Clamp(AvailableMemory.Bytes / each, 1, most);
    }

    public void Train(Run run, int count)
    {
        if (!forceProfile) EngineProfile.Require(run.Profile, EngineProfile.Current(run.Recipe));
        var waiting = new Queue<int>(ShardTraining.Unfinished(run));
        var news = new BlockingCollection<(Worker Worker, string? Slice)>();
        var running = new List<Worker>();
        try
        {
            while (waiting.Count > 0 || running.Count > 0)
            {
                while (waiting.Count > 0 && running.Count < count) running.Add(Start(run, waiting.Dequeue(), news));
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
        string[] order = [Command, run.Directory, shard.ToString(CultureInfo.InvariantCulture), .. forceProfile ? ["--force-profile"] : Array.Empty<string>()];
        foreach (var argument in workers.Arguments.Concat(order)) start.ArgumentList.Add(argument);
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

    private void Require(Worker worker, Run run)
    {
        using (worker.Process)
        {
            if (worker.Process.ExitCode == 0) return;
            cancellation.WaitHandle.WaitOne(HearsOfCancellation);
            cancellation.ThrowIfCancellationRequested();
            throw new LetheException($"A process that trained a shard failed: {worker.Errors.Result.Trim()} Go on with: lethe train --resume {run.Directory}");
        }
    }

    private static void Stop(Worker worker)
    {
        using (worker.Process)
        {
            try
            {
                worker.Process.Kill();
                worker.Process.WaitForExit();
            }
            catch (Exception error) when (error is InvalidOperationException or Win32Exception)
            {
                // It has ended already, or does when its standard input is closed below.
            }
        }
    }

    private sealed record Worker(Process Process, Task<string> Errors);
}
