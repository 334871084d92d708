using System.IO.Compression;
using Lethe.Core.Errors;
using Lethe.Torch;
using Lethe.Training.Models;
using Lethe.Training.Tests.Runs;
using Lethe.Training.Training;

namespace Lethe.Training.Tests.Models;

/// <summary>net.pt was made by tests/reference/make_torch_files.py; some of its buffers have names that no convention knows.</summary>
public sealed class ImportedModelTests
{
    private static readonly byte[] File = System.IO.File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "golden", "net.pt"));

    [Fact]
    public void TheStateTellsBuffersFromParametersAsTheScriptDoes()
    {
        using var model = ImportedModel.Open(File, "net.pt");
        using var state = StateDict.FromModule(model);
        Assert.Equal(
            ["fc.bias", "fc.weight", "features.0.bias", "features.0.weight", "features.1.bias", "features.1.weight"], state.ParameterNames);
        Assert.Contains("example_input", state.BufferNames);
        using var read = StateDict.FromSafetensors(state.ToSafetensors());
        using var clone = read.Clone();
        foreach (var other in new[] { read, clone })
        {
            Assert.Equal(state.ParameterNames, other.ParameterNames);
            Assert.Equal(state.BufferNames, other.BufferNames);
            Assert.Equal(state.ToSafetensors(), other.ToSafetensors());
        }
    }

    [Fact]
    public void TheNetworkWithoutValuesTakesAnyState()
    {
        using var scope = torch.NewDisposeScope();
        using var model = ImportedModel.Open(File, "net.pt");
        using var state = StateDict.FromModule(model);
        var bytes = ImportedModel.WithoutValues(File, "net.pt");
        Assert.Equal(bytes, ImportedModel.WithoutValues(File, "net.pt"));
        using var empty = ImportedModel.Open(bytes, "network");
        Assert.All(empty.state_dict().Values, tensor => Assert.All(tensor.to(ScalarType.Float32).data<float>(), value => Assert.Equal(0, value)));
        state.CopyTo(empty);
        empty.eval();
        model.eval();
        Assert.True(empty.forward(state["example_input"]).equal(model.forward(state["example_input"])));
    }

    [Fact]
    public void ManyRunsOfTheNetworkGiveTheSameBits()
    {
        using var scope = torch.NewDisposeScope();
        using var model = ImportedModel.Open(File, "net.pt");
        using var state = StateDict.FromModule(model);
        var gradients = new List<float[]>();
        for (var i = 0; i < 5; i++)
        {
            state.CopyTo(model);
            model.train();
            model.zero_grad();
            torch.nn.functional.cross_entropy(model.forward(state["example_input"]), torch.tensor([0L, 2L])).backward();
            gradients.Add([.. model.parameters().SelectMany(parameter => parameter.grad!.data<float>())]);
        }
        Assert.All(gradients, gradient => Assert.Equal(gradients[0], gradient));
    }

    [Fact]
    public void FrozenParametersAreMadeTrainable()
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "frozen.pt");
        System.IO.Directory.CreateDirectory(directory.Path);
        using (var model = torch.jit.load(File))
        {
            foreach (var parameter in model.parameters())
            {
                parameter.requires_grad_(false);
            }
            torch.jit.save(model, path);
        }
        using var read = ImportedModel.Open(System.IO.File.ReadAllBytes(path), "frozen.pt");
        Assert.All(read.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void OtherFilesAreRefusedWithWhatTheyAre()
    {
        Assert.Contains("torch.save", Refusal(Zip("weights/data.pkl")), StringComparison.Ordinal);
        Assert.Contains("zip archive", Refusal(Zip("a.txt")), StringComparison.Ordinal);
        Assert.Contains("no zip archive", Refusal("hello"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("cannot be read", Refusal(Zip("a/constants.pkl")), StringComparison.Ordinal);
    }

    private static string Refusal(byte[] file) => Assert.Throws<BadDataException>(() => ImportedModel.Open(file, "some.pt")).Message;

    private static byte[] Zip(string entry)
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry(entry);
        }
        return memory.ToArray();
    }
}
