using System.Diagnostics;
using System.Globalization;
using Lethe.Core.Store;
using Lethe.Torch;
using Lethe.Training.Datasets;
using Lethe.Training.Models;
using Lethe.Training.Tests.Runs;
using Lethe.Training.Training;

namespace Lethe.Training.Tests.Models;

public sealed class ModelExportTests
{
    private const string Python = "/usr/bin/python3";

    private const string Check = """
        import sys
        try:
            import torch
        except ImportError:
            print("no torch")
            sys.exit(0)
        torch.set_num_threads(1)
        model = torch.jit.load(sys.argv[1])
        shape = [int(v) for v in sys.argv[2].split(",")]
        x = torch.cos(0.37 * torch.arange(2 * shape[0] * shape[1] * shape[2], dtype=torch.float64)).float().reshape(2, *shape)
        print(" ".join(repr(v) for v in model(x).flatten().tolist()))
        """;

    [Theory]
    [InlineData("lenet5", 28)]
    [InlineData("mlp", 12)]
    [InlineData("allcnn", 12)]
    [InlineData("resnet18", 8)]
    [InlineData("resnet18-imagenet", 40)]
    [InlineData("resnet20", 8)]
    [InlineData("resnet50", 8)]
    [InlineData("vgg16-bn", 32)]
    [InlineData("mobilenetv2-imagenet", 32)]
    [InlineData("vit-tiny", 12)]
    public void TorchScriptGivesTheModelsLogits(string name, long size)
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new Generator(5);
        using var model = ModelCatalog.Create(new ModelSpec(name, [2, size, size], 4), generator);
        WeightFormula.Fill(model);
        model.eval();
        var input = torch.tensor([.. Enumerable.Range(0, (int)(4 * size * size)).Select(i => (float)Math.Cos(0.37 * i))])
            .reshape(2, 2, size, size);
        var expected = model.forward(input).detach().data<float>();
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "model.pt");
        ModelExport.SaveTorchScript(model, path);
        using var read = torch.jit.load(path);
        AssertClose(expected, read.forward(input).detach().data<float>());
        Assert.Equal(
            model.state_dict().Keys.Order(StringComparer.Ordinal), read.state_dict().Keys.Order(StringComparer.Ordinal));
        if (InPython(path, $"2,{size},{size}") is { } python)
        {
            AssertClose(expected, python);
        }
    }

    [Fact]
    public void SafetensorsHoldTheStateAndItsDescription()
    {
        using var generator = new Generator(5);
        var spec = new ModelSpec("mlp", [1, 4, 4], 3, new Dictionary<string, string> { ["hidden"] = "5" });
        using var model = ModelCatalog.Create(spec, generator);
        using var state = StateDict.FromModule(model);
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "model.safetensors");
        ModelExport.SaveSafetensors(state, spec, new Normalization([0.5f], [0.25f]), path);
        var bytes = File.ReadAllBytes(path);
        var metadata = Safetensors.ReadMetadata(bytes);
        Assert.Equal("mlp", metadata["model"]);
        Assert.Equal("""{"hidden":"5"}""", metadata["model_options"]);
        Assert.Equal("1,4,4", metadata["input_shape"]);
        Assert.Equal("0.25", metadata["normalization_std"]);
        using var read = StateDict.FromSafetensors(bytes);
        Assert.Equal(state.ToSafetensors(), read.ToSafetensors());
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var scale = Math.Max(1, expected.Max(Math.Abs));
        for (var i = 0; i < actual.Length; i++)
        {
            Assert.Equal(expected[i] / scale, actual[i] / scale, 1e-4f);
        }
    }

    // Null where this machine has no python3-torch.
    private static float[]? InPython(string path, string shape)
    {
        if (!File.Exists(Python))
        {
            return null;
        }
        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", Check, path, shape])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.Result);
        return output == "no torch" ? null : [.. output.Split(' ').Select(v => float.Parse(v, CultureInfo.InvariantCulture))];
    }
}
