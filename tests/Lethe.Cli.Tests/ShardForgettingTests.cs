using System.Text.Json;

namespace Lethe.Cli.Tests;

/// <summary>Requests that touch several shards, retrained by several processes.</summary>
public sealed class ShardForgettingTests(TinyRun tiny)
{
    private const int Epochs = 240;

    [Fact]
    public void Shards_are_retrained_to_the_same_bits_in_one_process_and_in_several_even_after_a_kill()
    {
        var run = Train();
        var (one, several, killed) = (TinyRun.Copy(run, tiny.Fresh()), TinyRun.Copy(run, tiny.Fresh()), TinyRun.Copy(run, tiny.Fresh()));
        var expected = Forget(one, 1);
        Assert.Equal(expected with { Processes = 3 }, Forget(several, 3));

        using (var forgetting = CliProcess.Start(Arguments(killed, 2)))
        {
            Assert.True(SpinWait.SpinUntil(() => ShardTests.Workers(killed).Count > 0, TimeSpan.FromMinutes(2)));
            var held = ShardTests.Workers(killed)[0];
            CliProcess.Signal("STOP", held);
            Assert.True(SpinWait.SpinUntil(() => File.Exists(Path.Combine(killed, "requests", "request-0001", "progress.json")), TimeSpan.FromMinutes(2)));
            Assert.False(forgetting.HasExited);
            forgetting.Kill();
            forgetting.WaitForExit();
            CliProcess.Signal("CONT", held);
        }
        SpinWait.SpinUntil(() => ShardTests.Workers(killed).Count == 0, TimeSpan.FromMinutes(1));
        Assert.Empty(ShardTests.Workers(killed));
        CliProcess.Run("inspect", killed, "--residue", "--quiet").Exits(0);
        Assert.Equal(expected with { Processes = 2 }, Forget(killed, 2));
        CliProcess.Run("verify", several, "--gold-seeds", "1", "--quiet").Exits(0);
    }

    [Fact]
    public void Processes_mean_nothing_to_a_method_that_retrains_no_shards() =>
        CliProcess.Run("forget", Train(), "--records", "0", "--method", "fine-tune", "--processes", "2").FailsCleanly(2, "--processes 2", "fine-tune");

    private string Train()
    {
        var run = tiny.Fresh();
        CliProcess.Run(
            "train", "--data", tiny.Source, "--test", $"csv:{tiny.TestFile}?label=kind&subject=person", "--model", "mlp", "--model-option", "hidden=8",
            "--scheme", "sisa", "--shards", "4", "--slices", "3", "--epochs", $"{Epochs}", "--batch-size", "10", "--threads", "1", "--processes", "1", "--out", run, "--quiet").Exits(0);
        return run;
    }

    private static string[] Arguments(string run, int processes) => ["forget", run, "--records", "0-15", "--processes", $"{processes}", "--no-measure", "--serve", "--json"];

    private static Outcome Forget(string run, int processes)
    {
        using var json = JsonDocument.Parse(CliProcess.Run(Arguments(run, processes)).Exits(0).Output);
        var cost = json.RootElement.GetProperty("costs").EnumerateArray().First();
        return new Outcome(json.RootElement.GetProperty("after").GetString()!, json.RootElement.GetProperty("processes").GetInt32(), cost.GetProperty("samples").GetInt64());
    }

    private sealed record Outcome(string Model, int Processes, long Samples);
}
