using Lethe.Core.Store;

namespace Lethe.Torch.Tests.Golden;

/// <summary>The arrays of one file under tests/reference/golden, which tests/reference/make_torch_golden.py writes.</summary>
internal sealed class GoldenFile
{
    private readonly Dictionary<string, NamedArray> _arrays;

    public GoldenFile(string name) =>
        _arrays = Safetensors.Read(File.ReadAllBytes(PathOf(name))).ToDictionary(array => array.Name, StringComparer.Ordinal);

    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "golden", name);

    public bool Has(string name) => _arrays.ContainsKey(name);

    public Tensor this[string name]
    {
        get
        {
            var array = _arrays[name];
            var dtype = array.Type switch
            {
                ElementType.F32 => ScalarType.Float32,
                ElementType.F64 => ScalarType.Float64,
                ElementType.I64 => ScalarType.Int64,
                _ => throw new InvalidOperationException($"{name}: {array.Type} is not used in golden files."),
            };
            return torch.frombuffer(array.Data.Span, dtype, [.. array.Shape]);
        }
    }

    /// <summary>The arrays name/0, name/1, … until one is missing.</summary>
    public Tensor[] Series(string name) =>
        [.. Enumerable.Range(0, int.MaxValue).TakeWhile(i => Has($"{name}/{i}")).Select(i => this[$"{name}/{i}"])];

    /// <summary>What follows prefix in the names that start with it.</summary>
    public IEnumerable<string> Names(string prefix) =>
        _arrays.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Select(name => name[prefix.Length..]);
}
