namespace Lethe.Cli.Tests;

public sealed class ImportCommandTests(TinyRun tiny)
{
    [Fact]
    public void A_model_exported_from_one_run_is_imported_into_another_and_forgets()
    {
        string file = Path.Combine(tiny.Root, "trained.pt"), run = tiny.Fresh();
        CliProcess.Run("export", tiny.RunPath, "--format", "torchscript", "--out", file).Exits(0);
        var imported = CliProcess.Run("import", file, "--data", tiny.Source, "--threads", "1", "--out", run).Exits(0);
        foreach (string part in new[] { "training accuracy", "value, not normalised", "lethe forget" })
            Assert.Contains(part, imported.Output, StringComparison.Ordinal);
        var plan = CliProcess.Run("plan", run, "--subjects", "p3").Exits(0);
        Assert.Contains("timed when the model was imported", plan.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        CliProcess.Run("forget", run, "--subjects", "p3", "--method", "fine-tune", "--quiet", "--serve").Exits(0);
        CliProcess.Run("train", "--resume", run, "--quiet").Exits(0);
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        CliProcess.Run("import", tiny.DataFile, "--out", tiny.Fresh()).FailsAtOnce(2, "--data");
        CliProcess.Run("import", tiny.DataFile, "--data", tiny.Source).FailsAtOnce(2, "--out");
        CliProcess.Run("import", tiny.DataFile, "--data", tiny.Source, "--out", tiny.Fresh()).FailsAtOnce(3, "no TorchScript file");
        string weights = Path.Combine(tiny.Root, "weights.safetensors"), script = Path.Combine(tiny.Root, "script.pt");
        CliProcess.Run("export", tiny.RunPath, "--format", "safetensors", "--out", weights).Exits(0);
        CliProcess.Run("export", tiny.RunPath, "--format", "torchscript", "--out", script).Exits(0);
        CliProcess.Run("import", weights, "--data", tiny.Source, "--out", tiny.Fresh()).FailsAtOnce(2, "This file was written for --model mlp");
        CliProcess.Run("import", script, "--model", "mlp", "--data", tiny.Source, "--out", tiny.Fresh()).FailsAtOnce(2, "TorchScript brings its own network");
    }
}
