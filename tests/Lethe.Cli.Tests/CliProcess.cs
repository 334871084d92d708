using System.Diagnostics;
using System.Globalization;

namespace Lethe.Cli.Tests;

/// <summary>What the program said and how it ended.</summary>
internal sealed record CliResult(int ExitCode, string Output, string Error)
{
    public CliResult Exits(int code)
    {
        Assert.True(ExitCode == code, $"exit code {ExitCode} instead of {code}\nstdout: {Output}\nstderr: {Error}");
        return this;
    }

    /// <summary>Failed cleanly before any work was begun: stderr is one line, the message.</summary>
    public CliResult FailsAtOnce(int code, params string[] words)
    {
        Assert.DoesNotContain('\n', FailsCleanly(code, words).Error.TrimEnd('\n'));
        return this;
    }

    /// <summary>Failed with one clear message: no stack trace, nothing on stdout.</summary>
    public CliResult FailsCleanly(int code, params string[] words)
    {
        Exits(code);
        Assert.StartsWith("lethe: ", Error.Split('\n').Last(line => line.StartsWith("lethe: ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotMatch(@"lethe: [`]?lethe\b", Error);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", Error, StringComparison.Ordinal);
        Assert.Empty(Output);
        foreach (string word in words)
            Assert.Contains(word, Error, StringComparison.Ordinal);
        return this;
    }
}

/// <summary>Runs the built program as a user's shell would.</summary>
internal static class CliProcess
{
    private static readonly string s_program = Path.Combine(AppContext.BaseDirectory, "Lethe.Cli.dll");

    public static CliResult Run(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        process.WaitForExit();
        return new CliResult(process.ExitCode, output.Result, error.Result);
    }

    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(s_program);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment.Remove("LETHE_DEBUG");
        return Process.Start(start)!;
    }

    /// <summary>Sends a signal, such as <c>INT</c>.</summary>
    public static void Signal(string name, int process)
    {
        using var kill = Process.Start("kill", [$"-{name}", process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
