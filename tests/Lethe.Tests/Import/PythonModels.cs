using System.Text.Json;

[assembly: AssemblyFixture(typeof(Lethe.Tests.Import.PythonModels))]

namespace Lethe.Tests.Import;

/// <summary>TorchScript and safetensors files and their data, made once by tests/reference/script_models.py where python3-torch is at hand.</summary>
public sealed class PythonModels : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lethe-import-").FullName;
    private readonly string? _missing;
    private int _runs;

    public PythonModels()
    {
        var (status, _, error) = ScriptModels.Run("make", _folder);
        _missing = status == 0 ? null : error.Trim().Split('\n')[^1];
    }

    public string Data => "npz:" + Path.Combine(Folder, "data.npz");

    private string Folder
    {
        get
        {
            Assert.SkipWhen(_missing is not null, $"No Python with torch and torchvision ({_missing}); name one in LETHE_PYTHON.");
            return _folder;
        }
    }

    public string Model(string name) => Path.Combine(Folder, name + ".pt");

    public string Weights(string name) => Path.Combine(Folder, name + ".safetensors");

    public string Fresh() => Path.Combine(Folder, $"run-{++_runs}");

    public string Copy(string run)
    {
        string target = Fresh();
        foreach (string file in Directory.EnumerateFiles(run, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(run, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return target;
    }

    /// <summary>The logits that python3-torch computes with a file for the test images.</summary>
    public float[] Outputs(string model)
    {
        var (status, output, error) = ScriptModels.Run("outputs", model, Path.Combine(Folder, "data.npz"));
        Assert.True(status == 0, error);
        return [.. JsonSerializer.Deserialize<float[][]>(output)!.SelectMany(row => row)];
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
