using System.Text.Json;

namespace Lethe.Cli.Tests;

public sealed class BadInputTests(TinyRun tiny)
{
    [Theory]
    [InlineData("--records", "240", "0 to 239")]
    [InlineData("--records", "-1", "0 to 239")]
    [InlineData("--subjects", "nobody", "p0")]
    [InlineData("--classes", "horse", "cat")]
    [InlineData("--where", "age > 1000", "empty")]
    [InlineData("--records", "@/no/such/file", "/no/such/file")]
    public void What_does_not_exist_exits_3_names_what_does_and_writes_nothing(string option, string value, string word)
    {
        string run = tiny.CopyRun();
        var before = State(run);
        CliProcess.Run("forget", run, option, value).FailsCleanly(3, word);
        CliProcess.Run("plan", run, option, value).FailsCleanly(3, word);
        Assert.Equal(before, State(run));
    }

    [Theory]
    [InlineData("--records", "1,x")]
    [InlineData("--where", "no_such_column = 1")]
    public void What_cannot_be_understood_exits_2(string option, string value) =>
        CliProcess.Run("plan", tiny.RunPath, option, value).FailsCleanly(2);

    [Fact]
    public void A_missing_column_exits_3_and_makes_no_run()
    {
        string run = tiny.Fresh();
        CliProcess.Run("train", "--data", $"csv:{tiny.DataFile}?label=species", "--model", "mlp", "--out", run).FailsCleanly(3, "species");
        Assert.False(Directory.Exists(run));
    }

    [Fact]
    public void Features_that_are_no_numbers_exit_3()
    {
        string file = Path.Combine(tiny.Root, "nan.csv"), run = tiny.Fresh();
        File.WriteAllText(file, "kind,a\ncat,1.0\ndog,NaN\n");
        CliProcess.Run("train", "--data", $"csv:{file}?label=kind", "--model", "mlp", "--blocks", "1", "--out", run).FailsCleanly(3);
        Assert.False(Directory.Exists(run));
    }

    [Fact]
    public void A_directory_that_is_no_run_exits_3()
    {
        foreach (string command in new[] { "inspect", "verify" })
            CliProcess.Run(command, tiny.Root).FailsCleanly(3, tiny.Root);
    }

    [Fact]
    public void A_taken_directory_exits_3() => CliProcess.Run(tiny.TrainArguments(tiny.RunPath)).FailsCleanly(3, tiny.RunPath);

    [Fact]
    public void A_run_that_has_forgotten_nothing_cannot_be_verified() => CliProcess.Run("verify", tiny.RunPath).FailsCleanly(3, "lethe forget");

    [Fact]
    public void One_flipped_bit_in_a_checkpoint_exits_4()
    {
        string run = tiny.CopyRun();
        string served = JsonDocument.Parse(tiny.Training.Output).RootElement.GetProperty("digest").GetString()!;
        string path = Path.Combine(run, "objects", served[..2], served[2..]);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        CliProcess.Run("export", run, "--format", "safetensors", "--out", Path.Combine(tiny.Root, "damaged.safetensors")).FailsCleanly(4, served[..2]);
    }

    [Fact]
    public void A_run_in_use_exits_3()
    {
        string run = tiny.CopyRun();
        using (new FileStream(Path.Combine(run, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
            CliProcess.Run("forget", run, "--records", "1").FailsCleanly(3, run);
        CliProcess.Run("forget", run, "--records", "1", "--quiet", "--no-measure").Exits(0);
    }

    [Fact]
    public void The_demo_does_not_replace_what_is_not_its_own() => CliProcess.Run("demo", "--out", tiny.Root).FailsCleanly(3, "--out");

    private static string[] State(string directory) =>
        [.. Directory.GetFiles(directory, "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) != "lock").Order(StringComparer.Ordinal)];
}
