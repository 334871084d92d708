using Lethe.Core.Errors;
using Lethe.Core.Store;
using Lethe.Torch;

namespace Lethe.Training.Training;

/// <summary>The parameters and buffers of a model at one moment: CPU tensors under PyTorch's names, in their ordinal order.</summary>
/// <remarks>
/// Owns its tensors; not tied to a module or a dispose scope. Which names are buffers comes from the module; a safetensors file says it
/// in its metadata where the names of PyTorch's batch normalisation do not.
/// </remarks>
public sealed class StateDict : IDisposable
{
    private const string BuffersEntry = "buffers";

    private static readonly string[] UsualBuffers = ["running_mean", "running_var", "num_batches_tracked"];

    private readonly SortedDictionary<string, Tensor> tensors;

    private StateDict(IEnumerable<KeyValuePair<string, Tensor>> entries, Predicate<string> isBuffer)
    {
        tensors = new SortedDictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (name, tensor) in entries)
        {
            tensors.Add(name, tensor);
        }
        ParameterNames = [.. tensors.Keys.Where(name => !isBuffer(name))];
        BufferNames = [.. tensors.Keys.Where(name => isBuffer(name))];
    }

    /// <summary>Names of the trained parameters, in ordinal order.</summary>
    public IReadOnlyList<string> ParameterNames { get; }

    /// <summary>Names of the buffers (such as batch-norm statistics), in ordinal order.</summary>
    public IReadOnlyList<string> BufferNames { get; }

    /// <summary>Number of trained parameters.</summary>
    public long ParameterCount => ParameterNames.Sum(name => tensors[name].numel());

    /// <summary>Whether all values of parameters and buffers are finite.</summary>
    public bool IsFinite
    {
        get
        {
            using var noGrad = torch.no_grad();
            using var scope = torch.NewDisposeScope();
            return tensors.Values.All(tensor => tensor.isfinite().all().item<bool>());
        }
    }

    /// <summary>The tensor of a name; it stays owned by this object.</summary>
    /// <exception cref="KeyNotFoundException">There is no such name.</exception>
    public Tensor this[string name] => tensors[name];

    /// <summary>All tensors by name; they stay owned by this object.</summary>
    internal IReadOnlyDictionary<string, Tensor> Tensors => tensors;

    /// <summary>Copies the state of a module, to the CPU.</summary>
    public static StateDict FromModule(torch.nn.Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        using var noGrad = torch.no_grad();
        var parameters = module.parameters().ToHashSet();
        var state = module.state_dict();
        return new StateDict(
            state.Select(entry => KeyValuePair.Create(entry.Key, Copy(entry.Value))), name => !parameters.Contains(state[name]));
    }

    /// <summary>Copies named tensors to the CPU, all as parameters.</summary>
    internal static StateDict FromTensors(IEnumerable<KeyValuePair<string, Tensor>> entries)
    {
        using var noGrad = torch.no_grad();
        return new StateDict(entries.Select(entry => KeyValuePair.Create(entry.Key, Copy(entry.Value))), _ => false);
    }

    /// <summary>Reads a state from safetensors bytes.</summary>
    /// <exception cref="BadDataException">The bytes are no safetensors file.</exception>
    public static StateDict FromSafetensors(ReadOnlyMemory<byte> bytes)
    {
        var named = Safetensors.ReadMetadata(bytes).GetValueOrDefault(BuffersEntry);
        var buffers = named is null ? null : CanonicalJson.Deserialize<string[]>(named).ToHashSet();
        return new StateDict(
            Safetensors.Read(bytes).Select(array => KeyValuePair.Create(array.Name, ToTensor(array))),
            name => buffers?.Contains(name) ?? IsUsualBuffer(name));
    }

    /// <summary>Writes the state as safetensors; equal states give equal bytes.</summary>
    /// <param name="metadata">Texts for the file's header besides its format; null: none.</param>
    public byte[] ToSafetensors(IReadOnlyDictionary<string, string>? metadata = null)
    {
        var header = new Dictionary<string, string>(metadata ?? new Dictionary<string, string>()) { ["format"] = "pt" };
        if (!BufferNames.SequenceEqual(tensors.Keys.Where(IsUsualBuffer)))
        {
            header[BuffersEntry] = CanonicalJson.Serialize(BufferNames);
        }
        return Safetensors.Write(
            [.. tensors.Select(entry => new NamedArray(entry.Key, TypeOf(entry.Value.dtype), entry.Value.shape, entry.Value.bytes()))], header);
    }

    /// <summary>Copies this state into a module of the same architecture, on whatever device and in whatever layout it has.</summary>
    /// <exception cref="BadDataException">Names or shapes differ.</exception>
    public void CopyTo(torch.nn.Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        try
        {
            module.load_state_dict(tensors);
        }
        catch (ArgumentException e)
        {
            throw new BadDataException($"The stored parameters do not fit the model: {e.Message}", e);
        }
    }

    /// <summary>Copies this state into the entries of the same names, where the module has more.</summary>
    /// <exception cref="BadDataException">The module lacks a name, or a shape differs.</exception>
    internal void CopyInto(torch.nn.Module module)
    {
        IReadOnlyList<string> unexpected;
        try
        {
            (_, unexpected) = module.load_state_dict(tensors, strict: false);
        }
        catch (ArgumentException e)
        {
            throw new BadDataException($"The stored parameters do not fit the model: {e.Message}", e);
        }
        if (unexpected.Count > 0)
        {
            throw new BadDataException($"The stored parameters do not fit the model, which has no '{unexpected[0]}'.");
        }
    }

    /// <summary>Gives an independent copy of the entries whose name is wanted.</summary>
    internal StateDict Where(Predicate<string> wanted)
    {
        using var noGrad = torch.no_grad();
        return new StateDict(
            tensors.Where(entry => wanted(entry.Key)).Select(entry => KeyValuePair.Create(entry.Key, Copy(entry.Value))),
            BufferNames.Contains);
    }

    /// <summary>Gives an independent copy.</summary>
    public StateDict Clone() => Where(_ => true);

    /// <summary>Adds (<paramref name="to"/> − <paramref name="from"/>) to the parameters of this state, in place; buffers stay.</summary>
    /// <remarks>Where <paramref name="to"/> equals <paramref name="from"/> bitwise, the parameters stay bitwise.</remarks>
    public void AddDifference(StateDict to, StateDict from)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(from);
        using var noGrad = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        foreach (var name in ParameterNames)
        {
            tensors[name].add_(to[name] - from[name]);
        }
    }

    /// <summary>Adds a flat vector to the parameters of this state, in place; buffers stay.</summary>
    /// <param name="delta">(<see cref="ParameterCount"/>) Float32, in the order of <see cref="FlatParameters"/>.</param>
    public void Add(Tensor delta)
    {
        ArgumentNullException.ThrowIfNull(delta);
        using var noGrad = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        long start = 0;
        foreach (var name in ParameterNames)
        {
            var tensor = tensors[name];
            tensor.add_(delta.narrow(0, start, tensor.numel()).reshape(tensor.shape));
            start += tensor.numel();
        }
    }

    /// <summary>Copies the buffers (batch-norm statistics, counters) of another state into this one.</summary>
    public void CopyBuffersFrom(StateDict other)
    {
        ArgumentNullException.ThrowIfNull(other);
        using var noGrad = torch.no_grad();
        foreach (var name in BufferNames)
        {
            tensors[name].copy_(other[name]);
        }
    }

    /// <summary>Gives all parameters as one new vector, (<see cref="ParameterCount"/>) Float32, in ordinal order of the names.</summary>
    public Tensor FlatParameters()
    {
        using var noGrad = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        return torch.cat([.. ParameterNames.Select(name => tensors[name].reshape(-1).to(ScalarType.Float32))], 0)
            .MoveToOuterDisposeScope();
    }

    /// <summary>Copies the values of a parameter or buffer as 32-bit floats.</summary>
    public float[] Values(string name)
    {
        using var scope = torch.NewDisposeScope();
        return tensors[name].to(ScalarType.Float32).data<float>();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in tensors.Values)
        {
            tensor.Dispose();
        }
    }

    private static bool IsUsualBuffer(string name) => UsualBuffers.Contains(name[(name.LastIndexOf('.') + 1)..]);

    private static Tensor Copy(Tensor source)
    {
        using var scope = torch.NewDisposeScope();
        return torch.frombuffer(source.detach().bytes(), source.dtype, source.shape).DetachFromDisposeScope();
    }

    private static Tensor ToTensor(NamedArray array)
    {
        using var scope = torch.NewDisposeScope();
        return torch.frombuffer(array.Data.Span, TypeOf(array.Type), [.. array.Shape]).DetachFromDisposeScope();
    }

    private static ElementType TypeOf(ScalarType type) => type switch
    {
        ScalarType.Float64 => ElementType.F64,
        ScalarType.Float32 => ElementType.F32,
        ScalarType.Float16 => ElementType.F16,
        ScalarType.BFloat16 => ElementType.BF16,
        ScalarType.Int64 => ElementType.I64,
        ScalarType.Int32 => ElementType.I32,
        ScalarType.Int16 => ElementType.I16,
        ScalarType.Int8 => ElementType.I8,
        ScalarType.Byte => ElementType.U8,
        _ => ElementType.BOOL,
    };

    private static ScalarType TypeOf(ElementType type) => type switch
    {
        ElementType.F64 => ScalarType.Float64,
        ElementType.F32 => ScalarType.Float32,
        ElementType.F16 => ScalarType.Float16,
        ElementType.BF16 => ScalarType.BFloat16,
        ElementType.I64 => ScalarType.Int64,
        ElementType.I32 => ScalarType.Int32,
        ElementType.I16 => ScalarType.Int16,
        ElementType.I8 => ScalarType.Int8,
        ElementType.U8 => ScalarType.Byte,
        _ => ScalarType.Bool,
    };
}
