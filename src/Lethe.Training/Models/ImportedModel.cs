using System.IO.Compression;
using Lethe.Core.Errors;
using Lethe.Torch;

namespace Lethe.Training.Models;

/// <summary>Opens TorchScript files that were made elsewhere, and makes what a run keeps of them.</summary>
public static class ImportedModel
{
    /// <summary>Name of the model in the recipe of an imported run.</summary>
    public const string ModelName = "torchscript";

    private const int MostNamed = 5;

    private const string HowToMake = "Make a TorchScript file in Python: torch.jit.script(model.eval()).save(\"model.pt\"); "
        + "of a network that Lethe has, the weights are enough: safetensors.torch.save_file(model.state_dict(), \"weights.safetensors\")";

    /// <summary>Opens a file on the CPU; where every parameter is frozen, all are made trainable.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="name">What error messages call it.</param>
    /// <exception cref="BadDataException">It is no TorchScript, or has no parameters, or has others than 32-bit floats.</exception>
    public static ScriptModule Open(byte[] file, string name)
    {
        ArgumentNullException.ThrowIfNull(file);
        RequireTorchScript(file, name);
        ScriptModule script;
        try
        {
            script = torch.jit.load(file);
        }
        catch (TorchException error)
        {
            throw new BadDataException($"{name} cannot be read as TorchScript: {FirstLine(error)} Save it again with a PyTorch no newer than libtorch {torch.version}.", error);
        }
        try
        {
            RequireFloats(script, name);
            if (script.parameters().All(parameter => !parameter.requires_grad))
            {
                foreach (var parameter in script.parameters())
                {
                    parameter.requires_grad_();
                }
            }
            return script;
        }
        catch
        {
            script.Dispose();
            throw;
        }
    }

    /// <summary>Gives a TorchScript file of the same network, in evaluation mode, whose parameters and buffers are all zero.</summary>
    /// <remarks>
    /// A run keeps it beside its states: the file as it was given would still remember what the run forgets. What stays in it are the code,
    /// strings, numbers, tensors of one element, and integer and boolean tensors that are neither parameters nor buffers.
    /// </remarks>
    /// <exception cref="BadDataException">As <see cref="Open"/>; or other tensors than parameters and buffers hold values.</exception>
    public static byte[] WithoutValues(byte[] file, string name)
    {
        using var script = Open(file, name);
        script.eval();
        using (torch.no_grad())
        {
            foreach (var tensor in script.state_dict().Values)
            {
                tensor.zero_();
            }
        }
        // The name of the file goes into the archive.
        var folder = Directory.CreateTempSubdirectory("lethe-import-").FullName;
        try
        {
            var path = Path.Combine(folder, "network.pt");
            torch.jit.save(script, path);
            var network = File.ReadAllBytes(path);
            RequireNoValues(network, name);
            return network;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void RequireTorchScript(byte[] file, string name)
    {
        string[] entries;
        try
        {
            using var archive = new ZipArchive(new MemoryStream(file, writable: false));
            entries = [.. archive.Entries.Select(entry => entry.FullName[(entry.FullName.IndexOf('/', StringComparison.Ordinal) + 1)..])];
        }
        catch (InvalidDataException error)
        {
            throw new BadDataException($"{name} is no TorchScript file (it is no zip archive) and no safetensors file. {HowToMake}", error);
        }
        if (entries.Contains("constants.pkl"))
        {
            return;
        }
        var what = entries.Contains("data.pkl")
            ? "was written by torch.save and holds pickled weights or Python objects, not a network that can run without its Python code"
            : "is a zip archive, but no TorchScript file";
        throw new BadDataException($"{name} {what}. {HowToMake}");
    }

    private static void RequireNoValues(byte[] network, string name)
    {
        IReadOnlyList<string> found;
        try
        {
            found = UnnamedValues.Find(network);
        }
        catch (InvalidDataException error)
        {
            throw new BadDataException($"{name}: it cannot be checked which tensors the network holds beside its parameters and buffers. {error.Message}", error);
        }
        if (found.Count == 0)
        {
            return;
        }
        var more = found.Count > MostNamed ? $" and {found.Count - MostNamed} more" : "";
        throw new BadDataException(
            $"{name} holds tensors outside its parameters and buffers, which forgetting would not reach: {string.Join(", ", found.Take(MostNamed))}{more}. "
            + "In Python, register them as buffers (register_buffer) or parameters, as clones where they are parts of larger tensors, and save the model again.");
    }

    private static void RequireFloats(ScriptModule script, string name)
    {
        var parameters = script.named_parameters().ToList();
        if (parameters.Count == 0)
        {
            throw new BadDataException(
                $"{name} has no parameters, so there is nothing that could forget. Freezing, quantising and optimising for inference turn parameters "
                + "into constants: save the model before those steps.");
        }
        var other = parameters.FirstOrDefault(entry => entry.parameter.dtype != ScalarType.Float32);
        if (other.name is not null)
        {
            throw new BadDataException(
                $"{name}: parameter '{other.name}' holds {other.parameter.dtype}, but only Float32 can be trained here. Save model.float(), before any quantisation.");
        }
    }

    private static string FirstLine(TorchException error) => error.Message.Split('\n')[0].TrimEnd('.') + ".";
}
