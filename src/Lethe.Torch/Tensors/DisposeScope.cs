namespace Lethe.Torch;

/// <summary>
/// Frees, when disposed, every tensor that its thread made since it was opened and that nobody moved out or detached.
/// Scopes nest and must be disposed in the reverse order of opening, on the thread that opened them.
/// </summary>
public ref struct DisposeScope : IDisposable
{
    private ScopeFrame? _frame;

    internal DisposeScope(ScopeFrame frame) => _frame = frame;

    /// <summary>Frees the scope's tensors now; the scope stays open.</summary>
    public readonly void DisposeEverything() => _frame?.Clear(null);

    /// <summary>Frees the scope's tensors except one, which stays in the scope.</summary>
    public readonly Tensor DisposeEverythingBut(Tensor keep)
    {
        _frame?.Clear(keep);
        return keep;
    }

    /// <summary>Frees the scope's tensors and closes it.</summary>
    public void Dispose()
    {
        _frame?.Close();
        _frame = null;
    }
}

/// <summary>The tensors of one open scope of one thread. Frames are reused by their thread.</summary>
internal sealed class ScopeFrame
{
    [ThreadStatic]
    private static ScopeFrame? s_current;

    private readonly List<Tensor?> _tensors = [];
    private readonly ScopeFrame? _outer;
    private ScopeFrame? _spare;

    private ScopeFrame(ScopeFrame? outer) => _outer = outer;

    [ThreadStatic]
    private static ScopeFrame? s_spare;

    internal static ScopeFrame? Current => s_current;

    internal static ScopeFrame Open()
    {
        var outer = s_current;
        var frame = outer is null ? s_spare : outer._spare;
        if (frame is null)
        {
            frame = new ScopeFrame(outer);
            if (outer is null)
                s_spare = frame;
            else
                outer._spare = frame;
        }
        s_current = frame;
        return frame;
    }

    internal void Add(Tensor tensor)
    {
        tensor.Scope = this;
        tensor.ScopeSlot = _tensors.Count;
        _tensors.Add(tensor);
    }

    internal static void MoveOut(Tensor tensor)
    {
        if (tensor.Scope is not { } frame)
            return;
        frame.Remove(tensor);
        frame._outer?.Add(tensor);
    }

    internal void Remove(Tensor tensor)
    {
        _tensors[tensor.ScopeSlot] = null;
        tensor.Scope = null;
    }

    internal void Clear(Tensor? keep)
    {
        foreach (var tensor in _tensors)
        {
            if (tensor is null)
                continue;
            tensor.Scope = null;
            if (!ReferenceEquals(tensor, keep))
                tensor.Handle.Dispose();
        }
        _tensors.Clear();
        if (keep is not null)
            Add(keep);
    }

    internal void Close()
    {
        if (s_current != this)
            throw new TorchException("Dispose scopes must be disposed in the reverse order of opening, on the thread that opened them.");
        Clear(null);
        s_current = _outer;
    }
}
