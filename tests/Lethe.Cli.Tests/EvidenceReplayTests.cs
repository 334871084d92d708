using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Lethe.Cli.Tests;

/// <summary><c>lethe evidence replay</c> as a shell sees it.</summary>
public sealed class EvidenceReplayTests(TinyRun tiny)
{
    [Fact]
    public void An_honest_run_is_equal_and_a_manipulated_one_ends_with_4()
    {
        var run = tiny.CopyRun();
        CliProcess.Run("forget", run, "--subjects", "p3", "--method", "retrain", "--quiet", "--serve").Exits(0);
        var output = CliProcess.Run("evidence", "replay", run, "--share", "0.2", "--key", "later").Exits(0).Output;
        Assert.Contains("Equal: 3 of 3", output, StringComparison.Ordinal);
        Assert.Contains("later (share 0.2)", output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(CliProcess.Run("evidence", "replay", run, "--all", "--json").Exits(0).Output);
        var replay = json.RootElement.GetProperty("replay");
        Assert.Equal((13, 20), (replay.GetProperty("steps").GetArrayLength(), replay.GetProperty("forgotten").GetInt32()));
        Assert.True(File.Exists(json.RootElement.GetProperty("report").GetString()));

        var checkpoint = replay.GetProperty("steps")[3].GetProperty("expected").GetString()!;
        var file = Path.Combine(run, "objects", checkpoint[..2], checkpoint[2..]);
        var bytes = File.ReadAllBytes(file);
        File.WriteAllBytes(file, [.. bytes[..^1], (byte)(bytes[^1] ^ 1)]);
        Assert.Contains("not stored: ", CliProcess.Run("evidence", "replay", run, "--step", "2").Exits(0).Output, StringComparison.Ordinal);
        output = CliProcess.Run("evidence", "replay", run, "--step", "3", "--step", "2").Exits(4).Output;
        Assert.Contains("Not equal: 1 of 2", output, StringComparison.Ordinal);
        Assert.Contains("see below", output, StringComparison.Ordinal);
        Assert.Contains("Step 3: ", output, StringComparison.Ordinal);

        var steps = Path.Combine(run, "steps.json");
        File.WriteAllText(steps, File.ReadAllText(steps).Replace("\"initial\"", "\"derived\"", StringComparison.Ordinal));
        Assert.Contains("proves", CliProcess.Run("evidence", "replay", run, "--step", "12").Exits(0).Output, StringComparison.Ordinal);
        File.WriteAllText(steps, File.ReadAllText(steps).Replace("\"data\":\"", "\"data\":\"00", StringComparison.Ordinal));
        CliProcess.Run("evidence", "replay", run).FailsAtOnce(4, steps);
    }

    [Theory]
    [InlineData("--share", "--share", "0")]
    [InlineData("--share", "--share", "1.5")]
    [InlineData("--all", "--all", "--step", "1")]
    [InlineData("--key", "--key", "x", "--all")]
    [InlineData("--step 77", "--step", "77")]
    public void Impossible_choices_are_refused(string word, params string[] options) =>
        CliProcess.Run(["evidence", "replay", tiny.RunPath, .. options]).FailsAtOnce(2, word);

    [Fact]
    public void A_stopped_replay_writes_nothing()
    {
        var run = tiny.Fresh();
        var arguments = tiny.TrainArguments(run);
        arguments[Array.IndexOf(arguments, "--epochs-per-block") + 1] = "100";
        CliProcess.Run(arguments).Exits(0);
        using var replay = CliProcess.Start("evidence", "replay", run, "--all");
        var error = "";
        while (!error.StartsWith("replay", StringComparison.Ordinal)) error = replay.StandardError.ReadLine()!;
        CliProcess.Signal("INT", replay.Id);
        error = replay.StandardError.ReadToEnd();
        replay.WaitForExit();
        new CliResult(replay.ExitCode, replay.StandardOutput.ReadToEnd(), error).FailsCleanly(130, "Nothing was written");
        Assert.False(File.Exists(Path.Combine(run, "replay.json")));
    }

    [Fact]
    public void A_run_without_records_says_so()
    {
        var run = tiny.CopyRun();
        File.Delete(Path.Combine(run, "steps.json"));
        CliProcess.Run("evidence", "replay", run).FailsAtOnce(3, "steps.json");
    }
}
