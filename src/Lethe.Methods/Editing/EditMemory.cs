using Lethe.Core.Store;
using Lethe.Torch;

namespace Lethe.Methods.Editing;

/// <summary>What a method carries from phase to phase besides the model: arrays by name, and what it has to tell. Survives a kill.</summary>
internal sealed class EditMemory
{
    private const string FindingsKey = "findings";

    private readonly SortedDictionary<string, NamedArray> _arrays = new(StringComparer.Ordinal);
    private readonly List<Finding> _numbers = [];
    private readonly List<FindingPicture> _pictures = [];

    public MethodFindings Findings => new([.. _numbers], [.. _pictures]);

    /// <summary>Keeps a copy of a tensor as Float32.</summary>
    public void Keep(string name, Tensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        _arrays[name] = new NamedArray(name, ElementType.F32, tensor.shape, tensor.detach().to(torch.CPU).to(ScalarType.Float32).contiguous().bytes());
    }

    /// <summary>A kept tensor, on the CPU; belongs to the open dispose scope.</summary>
    public Tensor Kept(string name) => torch.frombuffer(_arrays[name].Data.Span, ScalarType.Float32, [.. _arrays[name].Shape]);

    /// <summary>Forgets a kept tensor.</summary>
    public void Drop(string name) => _arrays.Remove(name);

    /// <summary>Tells one number.</summary>
    public void Tell(string name, double value) => _numbers.Add(new Finding(name, [value]));

    /// <summary>Tells a series, or one value for each of some labels.</summary>
    public void Tell(string name, IReadOnlyList<double> values, IReadOnlyList<string>? labels = null) => _numbers.Add(new Finding(name, values, labels));

    /// <summary>Shows a picture. It must not show a record.</summary>
    public void Show(FindingPicture picture) => _pictures.Add(picture);

    public byte[] ToBytes() => Safetensors.Write(
        [.. _arrays.Values], new Dictionary<string, string> { [FindingsKey] = CanonicalJson.Serialize(Findings) });

    public static EditMemory FromBytes(byte[] bytes)
    {
        var memory = new EditMemory();
        foreach (var array in Safetensors.Read(bytes)) memory._arrays[array.Name] = array;
        var findings = CanonicalJson.Deserialize<MethodFindings>(Safetensors.ReadMetadata(bytes)[FindingsKey]);
        memory._numbers.AddRange(findings.Numbers);
        memory._pictures.AddRange(findings.Pictures);
        return memory;
    }
}
