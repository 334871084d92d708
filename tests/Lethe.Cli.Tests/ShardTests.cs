using System.Diagnostics;
using System.Text.Json;

namespace Lethe.Cli.Tests;

/// <summary>SISA through the program: shards in worker processes, killed and gone on with.</summary>
public sealed class ShardTests(TinyRun tiny)
{
    private const int Shards = 4, Slices = 3;

    [Fact]
    public void Shards_give_the_same_bits_in_one_process_and_in_several()
    {
        var one = Digest(CliProcess.Run([.. Arguments(tiny.Fresh(), 1), "--json"]));
        var several = tiny.Fresh();
        Assert.Equal(one, Digest(CliProcess.Run([.. Arguments(several, 3), "--json"])));

        CliProcess.Run("forget", several, "--records", "5", "--quiet").Exits(0);
        CliProcess.Run("verify", several, "--gold-seeds", "1", "--quiet").Exits(0);
        CliProcess.Run("inspect", several, "--residue", "--quiet").Exits(0);
    }

    [Fact]
    public void A_killed_training_leaves_no_worker_and_goes_on_with_the_same_bits()
    {
        var expected = Digest(CliProcess.Run([.. Arguments(tiny.Fresh(), 1), "--json"]));
        var run = tiny.Fresh();
        using (var training = CliProcess.Start(Arguments(run, 2)))
        {
            var index = Path.Combine(run, "index.json");
            while (!training.HasExited && !(File.Exists(index) && Trained(index) > 0)) Thread.Sleep(1);
            training.Kill();
            training.WaitForExit();
        }
        SpinWait.SpinUntil(() => Workers(run) == 0, TimeSpan.FromMinutes(1));
        Assert.Equal(0, Workers(run));
        Assert.Equal(expected, Digest(CliProcess.Run("train", "--resume", run, "--processes", "2", "--json")));
    }

    [Theory]
    [InlineData("plain", "--shards", "2")]
    [InlineData("deep-obliviate", "--processes", "2")]
    [InlineData("sisa", "--blocks", "2")]
    [InlineData("sisa", "--shards", "0")]
    [InlineData("sisa", "--processes", "0")]
    public void Options_of_another_scheme_and_impossible_numbers_are_refused(string scheme, string option, string value) =>
        CliProcess.Run("train", "--data", tiny.Source, "--model", "mlp", "--scheme", scheme, option, value, "--out", tiny.Fresh()).FailsCleanly(2, option);

    private string[] Arguments(string run, int processes) =>
    [
        "train", "--data", tiny.Source, "--test", $"csv:{tiny.TestFile}?label=kind&subject=person", "--model", "mlp", "--model-option", "hidden=8",
        "--scheme", "sisa", "--shards", $"{Shards}", "--slices", $"{Slices}", "--epochs", "40", "--batch-size", "10", "--threads", "1",
        "--processes", $"{processes}", "--out", run,
    ];

    private static string Digest(CliResult training)
    {
        using var json = JsonDocument.Parse(training.Exits(0).Output);
        return json.RootElement.GetProperty("digest").GetString()!;
    }

    private static int Trained(string index)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(index));
            return json.RootElement.GetProperty("index").GetProperty("checkpoints").EnumerateArray().Skip(1).Count(entry => entry.ValueKind == JsonValueKind.String);
        }
        catch (Exception error) when (error is IOException or JsonException or KeyNotFoundException)
        {
            return 0;
        }
    }

    private static int Workers(string run) => Process.GetProcesses().Count(process =>
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cmdline").Contains($"shard-worker\0{run}", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    });
}
