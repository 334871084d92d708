using System.Diagnostics;
using System.Globalization;

namespace Lethe.Cli.Tests;

public sealed class InterruptTests(TinyRun tiny)
{
    [Fact]
    public void Interrupted_training_says_how_to_go_on_exits_130_and_goes_on()
    {
        string run = tiny.Fresh();
        string[] arguments = tiny.TrainArguments(run);
        arguments[Array.IndexOf(arguments, "--epochs-per-block") + 1] = "300";
        using var process = CliProcess.Start(arguments);
        string error = "";
        while (process.StandardError.ReadLine() is { } line)
        {
            error += line + "\n";
            if (line.StartsWith("train", StringComparison.Ordinal) && line.Contains("block", StringComparison.Ordinal))
                break;
        }

        CliProcess.Signal("INT", process.Id);
        error += process.StandardError.ReadToEnd();
        process.WaitForExit();
        new CliResult(process.ExitCode, process.StandardOutput.ReadToEnd(), error).FailsCleanly(130, "lethe train --resume " + run);
        CliProcess.Run("inspect", run).Exits(0);
    }

    [Fact]
    public void Interrupted_forgetting_names_run_and_request_to_withdraw()
    {
        string run = tiny.CopyRun();
        using var process = CliProcess.Start("forget", run, "--subjects", "p3", "--method", "amnesiac", "--epochs", "5000", "--no-measure", "--quiet");
        while (!process.HasExited && !File.Exists(Path.Combine(run, "requests", "request-0001", "plan.json")))
            Thread.Sleep(5);
        CliProcess.Signal("INT", process.Id);
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        new CliResult(process.ExitCode, process.StandardOutput.ReadToEnd(), error).FailsCleanly(130, $"lethe withdraw {run} request-0001");
        CliProcess.Run("withdraw", run, "request-0001").Exits(0);
    }
}
