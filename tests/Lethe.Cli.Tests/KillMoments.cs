using Lethe.Core.Numerics;

namespace Lethe.Cli.Tests;

/// <summary>When to kill a process: some time after its start, or some time after something has appeared on disk.</summary>
internal sealed record KillMoment(Func<bool>? Event, TimeSpan Delay);

/// <summary>Starts the program again and again and kills it with SIGKILL at seeded random moments.</summary>
/// <param name="seed">Of the moments.</param>
/// <param name="undisturbed">How long the program takes when nobody kills it.</param>
/// <param name="events">What shows on disk that the work, or its end, has begun.</param>
internal sealed class KillMoments(ulong seed, TimeSpan undisturbed, params Func<bool>[] events)
{
    /// <summary>How many kills a test wants; LETHE_TEST_KILLS asks for more.</summary>
    public static int Wanted { get; } = int.TryParse(Environment.GetEnvironmentVariable("LETHE_TEST_KILLS"), out int kills) ? Math.Max(kills, 20) : 20;

    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(1);
    private readonly CounterRandom _random = new(seed, 0x4B11);

    public int Kills { get; private set; }

    /// <summary>Every second kill comes at any moment from start to end, the others shortly after an event that is still to come.</summary>
    public KillMoment Next(int attempt)
    {
        double share = _random.NextDouble();
        var due = events.Where(happened => !happened()).ToList();
        return attempt % 2 == 0 || due.Count == 0
            ? new KillMoment(null, undisturbed * share)
            : new KillMoment(due[_random.NextInt32(due.Count)], undisturbed * (share * share / 4));
    }

    /// <summary>Runs the program; null when it was killed.</summary>
    public CliResult? Run(KillMoment moment, params string[] arguments)
    {
        using var process = CliProcess.Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        while (moment.Event is { } happened && !happened() && !process.WaitForExit(s_poll))
        {
        }

        bool ended = process.WaitForExit(moment.Delay);
        if (!ended)
            process.Kill();
        process.WaitForExit();
        var result = new CliResult(process.ExitCode, output.Result, error.Result);
        if (ended || result.ExitCode != Killed)
            return result;
        Kills++;
        TestContext.Current.TestOutputHelper?.WriteLine($"{arguments[0]} killed {moment.Delay.TotalMilliseconds:F0} ms after {(moment.Event is null ? "start" : "event")}");
        return null;
    }

    private const int Killed = 128 + 9;
}
