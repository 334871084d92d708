using Lethe.Core.Numerics;

namespace Lethe.Cli.Tests;

/// <summary>When to kill a process: some time after its start, or some time after something has appeared on disk.</summary>
internal sealed record KillMoment(Func<bool>? Event, TimeSpan Delay);

/// <summary>Starts the program again and again and kills it with SIGKILL at seeded random moments.</summary>
/// <param name="seed">Of the moments.</param>
/// <param name="undisturbed">How long the program takes when nobody kills it.</param>
/// <param name="progress">How many steps of the work show on disk: most kills come some steps on, so that a run bears many of them.</param>
/// <param name="events">What shows on disk that the work, or its end, has begun.</param>
internal sealed class KillMoments(ulong seed, TimeSpan undisturbed, Func<int> progress, params Func<bool>[] events)
{
    /// <summary>How many kills a test wants; LETHE_TEST_KILLS asks for more.</summary>
    public static int Wanted { get; } = int.TryParse(Environment.GetEnvironmentVariable("LETHE_TEST_KILLS"), out int kills) ? Math.Max(kills, 20) : 20;

    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(1);
    private readonly CounterRandom _random = new(seed, 0x4B11);

    public int Kills { get; private set; }

    /// <summary>One kill in five comes at any moment from start to end, two shortly after the next event, two a few steps of the work on.</summary>
    public KillMoment Next(int attempt)
    {
        double share = _random.NextDouble();
        if (attempt % Round == Round - 1)
            return new KillMoment(null, undisturbed * share);
        if (attempt % 2 == 0 && events.FirstOrDefault(happened => !happened()) is { } due)
            return new KillMoment(due, undisturbed * (share * share / Steps));
        int goal = progress() + 1 + _random.NextInt32(FarthestSteps);
        return new KillMoment(() => progress() >= goal, undisturbed * (share / Steps));
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
    private const int Round = 5;
    private const int FarthestSteps = 4;

    /// <summary>About how many steps the work has; a kill that waits for one lands within the next.</summary>
    private const int Steps = 30;
}
