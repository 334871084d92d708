using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Lethe.Cli.Tests;

/// <summary>SISA through the program: shards in worker processes, killed and gone on with.</summary>
public sealed class ShardTests(TinyRun tiny)
{
    private const int Shards = 4, Slices = 3, ShortEpochs = 40, LongEpochs = 120;

    private static string? s_expected;

    [Fact]
    public void Shards_give_the_same_bits_in_one_process_and_in_several()
    {
        var one = Digest(CliProcess.Run([.. Arguments(tiny.Fresh(), 1), "--json"]));
        var several = tiny.Fresh();
        Assert.Equal(one, Digest(CliProcess.Run([.. Arguments(several, 3), "--json"])));

        Assert.Contains("12 of 12 slices in 4 shards trained", CliProcess.Run("inspect", several).Exits(0).Output, StringComparison.Ordinal);
        string plan = CliProcess.Run("plan", several, "--records", "5").Exits(0).Output;
        Assert.Matches("^1 record.* in shard [1-4] of 4 ", plan);
        Assert.Contains("Without --method, lethe forget takes sisa.", plan, StringComparison.Ordinal);
        Assert.Matches("^[0-9]+ records.* in shards 1, 2, 3, 4 of 4 ", CliProcess.Run("plan", several, "--records", "0-99").Exits(0).Output);
        CliProcess.Run("forget", several, "--records", "5", "--quiet", "--serve").Exits(0);
        CliProcess.Run("verify", several, "--gold-seeds", "1", "--quiet").Exits(0);
        CliProcess.Run("inspect", several, "--residue", "--quiet").Exits(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_killed_training_leaves_no_worker_and_goes_on_with_the_same_bits(bool damaged)
    {
        s_expected ??= Digest(CliProcess.Run([.. Arguments(tiny.Fresh(), 1, LongEpochs), "--json"]));
        var run = tiny.Fresh();
        using (var training = Begin(run))
        {
            training.Kill();
            training.WaitForExit();
        }
        Assert.InRange(Trained(run).Count, 1, Shards * Slices - 1);
        Assert.Contains($"{Trained(run).Count} of 12 slices", CliProcess.Run("inspect", run).Exits(0).Output, StringComparison.Ordinal);
        SpinWait.SpinUntil(() => Workers(run).Count == 0, TimeSpan.FromMinutes(1));
        Assert.Empty(Workers(run));
        if (damaged) Trained(run).ForEach(checkpoint => CutShort(run, checkpoint));
        Assert.Equal(s_expected, Digest(CliProcess.Run("train", "--resume", run, "--processes", "2", "--json")));
    }

    [Fact]
    public void An_interrupt_that_the_workers_hear_first_is_no_failure()
    {
        var run = tiny.Fresh();
        using var training = Begin(run);
        foreach (var process in Workers(run).Append(training.Id)) CliProcess.Signal("INT", process);
        var error = training.StandardError.ReadToEnd();
        training.WaitForExit();
        new CliResult(training.ExitCode, training.StandardOutput.ReadToEnd(), error).FailsCleanly(130, "lethe train --resume " + run);
    }

    [Theory]
    [InlineData("plain", "--shards", "2")]
    [InlineData("deep-obliviate", "--processes", "2")]
    [InlineData("sisa", "--blocks", "2")]
    [InlineData("sisa", "--shards", "0")]
    [InlineData("sisa", "--processes", "0")]
    public void Options_of_another_scheme_and_impossible_numbers_are_refused(string scheme, string option, string value) =>
        CliProcess.Run("train", "--data", tiny.Source, "--model", "mlp", "--scheme", scheme, option, value, "--out", tiny.Fresh()).FailsCleanly(2, option);

    private string[] Arguments(string run, int processes, int epochs = ShortEpochs) =>
    [
        "train", "--data", tiny.Source, "--test", $"csv:{tiny.TestFile}?label=kind&subject=person", "--model", "mlp", "--model-option", "hidden=8",
        "--scheme", "sisa", "--shards", $"{Shards}", "--slices", $"{Slices}", "--epochs", $"{epochs}", "--batch-size", "10", "--threads", "1",
        "--processes", $"{processes}", "--out", run,
    ];

    private static string Digest(CliResult training)
    {
        using var json = JsonDocument.Parse(training.Exits(0).Output);
        return json.RootElement.GetProperty("digest").GetString()!;
    }

    /// <summary>A training in two workers that has recorded a slice.</summary>
    private Process Begin(string run)
    {
        var training = CliProcess.Start(Arguments(run, 2, LongEpochs));
        while (!training.HasExited && Trained(run).Count == 0) Thread.Sleep(1);
        return training;
    }

    /// <summary>Digests of the slices that the run's index holds.</summary>
    private static List<string> Trained(string run)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "index.json")));
            return [.. json.RootElement.GetProperty("index").GetProperty("checkpoints").EnumerateArray().Skip(1)
                .Where(entry => entry.ValueKind == JsonValueKind.String).Select(entry => entry.GetString()!)];
        }
        catch (Exception error) when (error is IOException or JsonException or KeyNotFoundException)
        {
            return [];
        }
    }

    private static void CutShort(string run, string checkpoint)
    {
        var file = Directory.EnumerateFiles(run, "*", SearchOption.AllDirectories)
            .Single(path => path.Replace("/", "", StringComparison.Ordinal).EndsWith(checkpoint, StringComparison.Ordinal));
        File.SetAttributes(file, FileAttributes.Normal);
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^1]);
    }

    internal static List<int> Workers(string run) => [.. Process.GetProcesses().Select(process => process.Id).Where(process =>
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Contains($"shard-worker\0{run}", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    })];
}
