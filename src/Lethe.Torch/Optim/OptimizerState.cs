namespace Lethe.Torch.Optim;

/// <summary>What an optimizer remembers between steps: for each parameter some named arrays and a number of steps.</summary>
/// <remarks>As named arrays the entries are <c>parameter.slot</c> (<c>fc.weight.exp_avg</c>) and, where counted, <c>parameter.step</c>.</remarks>
/// <threadsafety instance="false"/>
public sealed class OptimizerState : IDisposable
{
    private const string StepEntry = "step";
    private readonly string[] _names;
    private readonly Tensor[][] _slots;
    private readonly bool _countsSteps;

    internal OptimizerState(IReadOnlyList<(string name, Tensor parameter)> parameters, IReadOnlyList<string> slots, bool countsSteps)
    {
        _names = [.. parameters.Select(entry => entry.name)];
        if (_names.Distinct(StringComparer.Ordinal).Count() != _names.Length)
            throw new ArgumentException("Two parameters have the same name.", nameof(parameters));
        (Slots, _countsSteps, Steps) = (slots, countsSteps, new long[_names.Length]);
        using var noGrad = torch.no_grad();
        _slots = [.. slots.Select(_ => parameters.Select(entry => Zeros(entry.parameter)).ToArray())];
    }

    /// <summary>The number of parameters.</summary>
    public int Count => _names.Length;

    internal IReadOnlyList<string> Slots { get; }

    /// <summary>The steps taken by each parameter; 0 means that its arrays hold nothing yet.</summary>
    internal long[] Steps { get; }

    internal Tensor[] Slot(int index) => _slots[index];

    private static Tensor Zeros(Tensor parameter)
    {
        var zeros = torch.zeros_like(parameter);
        zeros.DetachFromDisposeScope();
        return zeros;
    }

    /// <summary>Copies the state to named arrays. Parameters that took no step have no entries.</summary>
    /// <returns>Copies that belong to the caller (or the open dispose scope).</returns>
    public Dictionary<string, Tensor> ToDictionary()
    {
        using var noGrad = torch.no_grad();
        var entries = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        for (var i = 0; i < _names.Length; i++)
        {
            if (Steps[i] == 0)
                continue;
            if (_countsSteps)
                entries[Entry(i, StepEntry)] = torch.full([], Steps[i], dtype: torch.int64);
            for (var slot = 0; slot < Slots.Count; slot++)
                entries[Entry(i, Slots[slot])] = _slots[slot][i].clone();
        }

        return entries;
    }

    /// <summary>Replaces the state by named arrays that <see cref="ToDictionary"/> made.</summary>
    /// <exception cref="ArgumentException">A name is unknown, only part of a parameter's entries is there, or a shape differs; nothing was changed.</exception>
    public void Load(IReadOnlyDictionary<string, Tensor> entries)
    {
        var present = new bool[_names.Length];
        var known = 0;
        for (var i = 0; i < _names.Length; i++)
            known += CheckEntries(i, entries, out present[i]);
        if (known != entries.Count)
        {
            var own = Enumerable.Range(0, _names.Length).SelectMany(EntryNames).ToHashSet(StringComparer.Ordinal);
            throw new ArgumentException(
                $"The optimizer has no entry '{entries.Keys.First(name => !own.Contains(name))}'; load the state of the same optimizer and model.",
                nameof(entries));
        }

        using var noGrad = torch.no_grad();
        for (var i = 0; i < _names.Length; i++)
        {
            Steps[i] = !present[i] ? 0 : _countsSteps ? entries[Entry(i, StepEntry)].item<long>() : 1;
            for (var slot = 0; slot < Slots.Count; slot++)
            {
                if (present[i])
                    _slots[slot][i].copy_(entries[Entry(i, Slots[slot])]);
                else
                    _slots[slot][i].zero_();
            }
        }
    }

    private int CheckEntries(int parameter, IReadOnlyDictionary<string, Tensor> entries, out bool present)
    {
        string[] expected = [.. EntryNames(parameter)];
        var found = expected.Count(entries.ContainsKey);
        present = found > 0;
        if (present && found < expected.Length)
            throw new ArgumentException($"The entry '{expected.First(name => !entries.ContainsKey(name))}' is missing.", nameof(entries));
        for (var slot = 0; present && slot < Slots.Count; slot++)
        {
            var name = Entry(parameter, Slots[slot]);
            var (own, given) = (_slots[slot][parameter].shape, entries[name].shape);
            if (!own.AsSpan().SequenceEqual(given))
                throw new ArgumentException($"'{name}' has shape ({string.Join(", ", given)}) but needs ({string.Join(", ", own)}).", nameof(entries));
        }

        return found;
    }

    private IEnumerable<string> EntryNames(int parameter) =>
        (_countsSteps ? Slots.Prepend(StepEntry) : Slots).Select(slot => Entry(parameter, slot));

    private string Entry(int parameter, string slot) => $"{_names[parameter]}.{slot}";

    /// <summary>Frees the arrays.</summary>
    public void Dispose()
    {
        foreach (var tensor in _slots.SelectMany(slot => slot))
            tensor.Dispose();
    }
}
