using System.Text.Json;
using Lethe.Tests.Import;
using Lethe.Torch;
using Lethe.Training.Datasets;
using Lethe.Training.Runs;

namespace Lethe.Cli.Tests;

/// <summary>The files come from tests/reference/script_models.py, where python3-torch is at hand.</summary>
public sealed class ImportedWeightsTests(TinyRun tiny)
{
    [Fact]
    public void Torchvisions_ResNet18_forgets_and_goes_back_to_PyTorch_as_TorchScript()
    {
        string folder = Directory.CreateDirectory(tiny.Fresh()).FullName, data = Path.Combine(folder, "data.npz"), exported = Path.Combine(folder, "forgot.pt");
        var (status, _, error) = ScriptModels.Run("weights", folder);
        Assert.SkipWhen(status != 0, $"No Python with torch and torchvision ({error.Trim().Split('\n')[^1]}); name one in LETHE_PYTHON.");
        string run = Path.Combine(folder, "run");
        var imported = CliProcess.Run(
            "import", Path.Combine(folder, "resnet18.safetensors"), "--model", "resnet18-imagenet", "--data", "npz:" + data, "--normalize", "0.3,0.25",
            "--lr", "0.01", "--threads", "1", "--out", run).Exits(0);
        Assert.Contains("sgd, lr 0.01, momentum 0.9, weight decay 0.0005, batch 128", imported.Output, StringComparison.Ordinal);
        Assert.Contains("Nobody gave --optimizer, --momentum", imported.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        CliProcess.Run("forget", run, "--records", "0-3", "--method", "fine-tune", "--epochs", "1", "--quiet", "--serve", "--no-measure").Exits(0);
        CliProcess.Run("export", run, "--format", "torchscript", "--out", exported).Exits(0);

        var (read, output, problem) = ScriptModels.Run("outputs", exported, data);
        Assert.True(read == 0, problem);
        float[] actual = [.. JsonSerializer.Deserialize<float[][]>(output)!.SelectMany(row => row)], expected = Outputs(run);
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-4f * (1 + Math.Abs(expected[i])));
    }

    /// <summary>The logits of the run's served model for its test images.</summary>
    private static float[] Outputs(string directory)
    {
        using var run = Run.Open(directory, writable: false);
        Assert.NotEmpty(run.Index.Deleted);
        using var model = run.CreateModel(run.Index.Served!.Value);
        using var test = DataSource.Parse(run.TestSource!).Load();
        model.eval();
        using var noGrad = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        return model.forward(run.Normalization.Apply(test.Samples)).data<float>();
    }
}
