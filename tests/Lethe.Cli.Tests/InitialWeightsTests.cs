namespace Lethe.Cli.Tests;

public sealed class InitialWeightsTests(TinyRun tiny)
{
    [Fact]
    public void A_run_starts_from_exported_weights_and_forgets_as_any_other()
    {
        string weights = Path.Combine(tiny.Root, "initial.safetensors"), run = tiny.Fresh();
        CliProcess.Run("export", tiny.RunPath, "--format", "safetensors", "--out", weights).Exits(0);
        var trained = CliProcess.Run([.. tiny.TrainArguments(run), "--init", weights, "--init-except", "fc2"]).Exits(0);
        Assert.Contains("without fc2", trained.Output + trained.Error, StringComparison.Ordinal);
        File.Delete(weights);
        CliProcess.Run("forget", run, "--subjects", "p3", "--method", "retrain", "--quiet", "--serve").Exits(0);
        CliProcess.Run("verify", run, "--quiet", "--gold-seeds", "2").Exits(0);
    }

    [Fact]
    public void Wrong_weights_are_refused_before_anything_is_written()
    {
        string run = tiny.Fresh();
        CliProcess.Run([.. tiny.TrainArguments(run), "--init", tiny.DataFile]).FailsCleanly(3, "no safetensors file");
        CliProcess.Run([.. tiny.TrainArguments(run), "--init-except", "fc2"]).FailsCleanly(2, "--init FILE");
        Assert.False(Directory.Exists(run));
    }
}
