using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using Lethe.Core.Errors;

namespace Lethe.Operations;

/// <summary>A process of this program that does a part of the work. It tells its news line by line and ends when its standard input does, so that none outlives this process.</summary>
internal sealed class WorkerProcess
{
    /// <summary>Ctrl-C reaches the workers as well as this process: one may end before this process has heard of it.</summary>
    private static readonly TimeSpan HearsOfCancellation = TimeSpan.FromSeconds(1);

    private static readonly int BadData = new BadDataException("").ExitCode, Damaged = new StoreDamagedException("").ExitCode;

    private readonly Process _process;
    private readonly Task<string> _errors;

    private WorkerProcess(Process process) => (_process, _errors) = (process, process.StandardError.ReadToEndAsync(CancellationToken.None));

    /// <summary>Starts a worker.</summary>
    /// <param name="workers">The program.</param>
    /// <param name="order">Its command and arguments.</param>
    /// <param name="news">Gets every line that the worker prints, and null when it has ended.</param>
    public static WorkerProcess Start(ShardWorkers workers, IEnumerable<string> order, BlockingCollection<(WorkerProcess Worker, string? Line)> news)
    {
        var start = new ProcessStartInfo(workers.Program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in workers.Arguments.Concat(order)) start.ArgumentList.Add(argument);
        var process = Process.Start(start) ?? throw new LetheException($"Cannot start {workers.Program}: repeat the command with --processes 1.");
        var worker = new WorkerProcess(process);
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

    /// <summary>Tells the worker a line; one that has ended does not hear it, and its end is in the news.</summary>
    public void Tell(string line)
    {
        try
        {
            _process.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
        }
    }

    /// <summary>Lets the worker end: there is nothing more to do, or nobody waits for it.</summary>
    public void End()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
        }
    }

    /// <summary>Refuses a worker that has ended with a failure; what it said of it is said again, with its exit code.</summary>
    /// <param name="what">What it did, such as "trained a shard".</param>
    /// <param name="advice">How to go on where it said nothing: it was killed.</param>
    /// <param name="cancellation">Explains the failure when the user has ended both.</param>
    /// <exception cref="BadDataException">It found bad data.</exception>
    /// <exception cref="StoreDamagedException">It found a damaged store.</exception>
    /// <exception cref="LetheException">It failed otherwise.</exception>
    public void RequireSuccess(string what, string advice, CancellationToken cancellation)
    {
        using (_process)
        {
            if (_process.ExitCode == 0) return;
            cancellation.WaitHandle.WaitOne(HearsOfCancellation);
            cancellation.ThrowIfCancellationRequested();
            const string speaker = "lethe: ";
            var said = _errors.Result.Trim();
            if (said.Length == 0) throw new LetheException($"A process that {what} was killed. {advice} If memory is short, with a smaller --processes.");
            var message = said.StartsWith(speaker, StringComparison.Ordinal) ? said[speaker.Length..] : said;
            throw _process.ExitCode == BadData ? new BadDataException(message)
                : _process.ExitCode == Damaged ? new StoreDamagedException(message)
                : new LetheException($"A process that {what} failed: {message}");
        }
    }

    /// <summary>Kills a worker that does not end in time.</summary>
    /// <param name="grace">What it may take for its current step; default: nothing.</param>
    public void Stop(TimeSpan grace = default)
    {
        try
        {
            if (_process.WaitForExit(grace)) return;
            _process.Kill();
            _process.WaitForExit();
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception)
        {
            // It has ended already, or does when its standard input is closed.
        }
    }
}
