namespace Lethe.Cli.Tests;

/// <summary>What cannot be trained is refused before a run directory is made.</summary>
public sealed class UntrainableTests(TinyRun tiny)
{
    [Theory]
    [InlineData("takes images", "--model", "lenet5")]
    [InlineData("Augmentation needs images", "--augment", "flip")]
    public void Nothing_is_written(string reason, params string[] option)
    {
        string run = tiny.Fresh();
        string[] arguments = ["train", "--data", tiny.Source, "--blocks", "12", "--threads", "1", "--out", run, .. option[0] == "--model" ? [] : new[] { "--model", "mlp" }, .. option];
        CliProcess.Run(arguments).FailsCleanly(2, reason);
        Assert.False(Directory.Exists(run));
    }
}
