using System.Text.Json;

namespace Lethe.Cli.Tests;

public sealed class PlainRunTests(TinyRun tiny)
{
    [Fact]
    public void Train_forget_verify_inspect_and_export_tell_one_story()
    {
        string run = tiny.Fresh();
        CliProcess.Run(Train(run, "--epochs", "3", "--json")).Exits(0);
        Assert.Contains("3 of 3 epochs", CliProcess.Run("inspect", run).Exits(0).Output, StringComparison.Ordinal);
        var plan = CliProcess.Run("plan", run, "--subjects", "p3").Exits(0);
        Assert.Contains("retrain", plan.Output, StringComparison.Ordinal);
        CliProcess.Run("forget", run, "--subjects", "p3", "--method", "deep-obliviate").FailsCleanly(3, "training in blocks", "retrain, ", "fine-tune");
        var forgotten = Json(CliProcess.Run("forget", run, "--subjects", "p3", "--method", "retrain", "--json", "--quiet", "--serve").Exits(0));
        Assert.Equal("exact", forgotten.GetProperty("guarantee").GetString());
        var verified = Json(CliProcess.Run("verify", run, "--json", "--quiet").Exits(0));
        Assert.Equal(20, verified.GetProperty("forgotten").GetInt32());
        Assert.True(File.Exists(Path.Combine(run, "requests", "request-0001", "report.html")));
        CliProcess.Run("export", run, "--format", "torchscript", "--out", Path.Combine(tiny.Root, "plain.pt")).Exits(0);
        CliProcess.Run("inspect", run, "--residue", "--quiet").Exits(0);
    }

    [Fact]
    public void Options_of_the_other_scheme_are_refused()
    {
        CliProcess.Run(Train(tiny.Fresh(), "--blocks", "3")).FailsAtOnce(2, "--blocks", "--epochs");
        CliProcess.Run(Train(tiny.Fresh(), "--partition", "by-subject")).FailsAtOnce(2, "--partition");
        CliProcess.Run([.. tiny.TrainArguments(tiny.Fresh()), "--epochs", "3"]).FailsAtOnce(2, "--epochs-per-block");
    }

    private string[] Train(string run, params string[] more) =>
    [
        "train", "--scheme", "plain", "--data", tiny.Source, "--test", $"csv:{tiny.TestFile}?label=kind&subject=person", "--model", "mlp",
        "--model-option", "hidden=8", "--batch-size", "10", "--threads", "1", "--out", run, .. more,
    ];

    private static JsonElement Json(CliResult result) => JsonDocument.Parse(result.Output).RootElement;
}
