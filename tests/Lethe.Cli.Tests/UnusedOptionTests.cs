namespace Lethe.Cli.Tests;

/// <summary>An option that the chosen method would ignore is refused before anything is done.</summary>
public sealed class UnusedOptionTests(TinyRun tiny)
{
    [Theory]
    [InlineData("retrain", "--jump")]
    [InlineData("fine-tune", "--stop", "fit")]
    [InlineData("retrain", "--epochs", "2")]
    [InlineData("deep-obliviate", "--epochs", "2")]
    [InlineData("deep-obliviate", "--epsilon", "0.01")]
    [InlineData("deep-obliviate", "--raw-epsilon")]
    [InlineData("deep-obliviate", "--from-scratch")]
    [InlineData("retrain", "--patience", "2")]
    [InlineData("fine-tune", "--floor-factor", "2")]
    [InlineData("retrain", "--lr", "0.1")]
    public void Forget_refuses_it(string method, params string[] option) =>
        CliProcess.Run(["forget", tiny.RunPath, "--records", "0", "--method", method, .. option]).FailsCleanly(2, option[0]);
}
