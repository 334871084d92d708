namespace Lethe.Torch.Tests.Jit;

/// <summary>net.pt was made by tests/reference/make_torch_files.py; it holds an input and Python's outputs for it.</summary>
public sealed class ScriptModuleTests
{
    private static string Path => System.IO.Path.Combine(AppContext.BaseDirectory, "golden", "net.pt");

    [Fact]
    public void A_file_from_Python_gives_the_outputs_of_Python()
    {
        using var scope = torch.NewDisposeScope();
        using var module = torch.jit.load(Path);
        var state = module.state_dict();
        Assert.False(module.training);
        using var no_grad = torch.no_grad();
        Assert.True(module.forward(state["example_input"]).allclose(state["example_output"], atol: 1e-6));
        module.train();
        Assert.True(module.training);
        Assert.True(module.call(state["example_input"]).allclose(state["example_training_output"], atol: 1e-6));
        module.eval();
        Assert.False(module.forward(state["example_input"]).allclose(state["example_output"]));
    }

    [Fact]
    public void Parameters_and_buffers_have_the_names_of_Python()
    {
        using var module = torch.jit.load(Path);
        Assert.Equal(
            ["features.0.weight", "features.0.bias", "features.1.weight", "features.1.bias", "fc.weight", "fc.bias"],
            module.named_parameters().Select(entry => entry.name));
        Assert.Equal(
            ["example_input", "example_output", "example_training_output", "features.1.running_mean", "features.1.running_var",
                "features.1.num_batches_tracked"],
            module.named_buffers().Select(entry => entry.name));
        Assert.All(module.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void Training_changes_what_is_saved()
    {
        using var scope = torch.NewDisposeScope();
        using var module = torch.jit.load(Path);
        var input = module.state_dict()["example_input"];
        var target = torch.tensor([0L, 2L]);
        double Loss() => torch.nn.functional.cross_entropy(module.forward(input), target).ToDouble();
        var before = Loss();
        for (var i = 0; i < 10; i++)
        {
            module.zero_grad();
            torch.nn.functional.cross_entropy(module.forward(input), target).backward();
            using var no_grad = torch.no_grad();
            foreach (var parameter in module.parameters())
                parameter.add_(parameter.grad!, alpha: -0.1);
        }
        var after = Loss();
        Assert.True(after < before - 0.05);
        using var folder = new TemporaryFolder();
        torch.jit.save(module, folder.File("trained.pt"));
        using var again = torch.jit.load(folder.File("trained.pt"));
        Assert.True(again.forward(input).equal(module.forward(input)));
    }

    [Fact]
    public void Files_that_are_no_TorchScript_are_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("does not exist", Assert.Throws<TorchException>(() => torch.jit.load(folder.File("none.pt"))).Message);
        File.WriteAllText(folder.File("text.pt"), "no archive");
        Assert.Contains("text.pt", Assert.Throws<TorchException>(() => torch.jit.load(folder.File("text.pt"))).Message);
        var bytes = File.ReadAllBytes(Path);
        File.WriteAllBytes(folder.File("cut.pt"), bytes[..(bytes.Length / 2)]);
        Assert.Throws<TorchException>(() => torch.jit.load(folder.File("cut.pt")));
    }

    [Fact]
    public void Loading_and_disposing_leaves_no_tensor_behind()
    {
        using var held = torch.ones(1);
        for (var i = 0; i < 3; i++)
        {
            var module = torch.jit.load(Path);
            var tensors = module.state_dict().Values.ToList();
            module.Dispose();
            Assert.All(tensors, tensor => Assert.True(tensor.IsDisposed));
        }
    }
}

/// <summary>A folder that is deleted at the end of a test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("lethe-").FullName;

    internal string File(string name) => System.IO.Path.Combine(_path, name);

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
