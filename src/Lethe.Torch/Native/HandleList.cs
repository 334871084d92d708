using System.Buffers;

namespace Lethe.Torch.Native;

/// <summary>The raw handles of several tensors, held alive until disposed; null stands for an absent tensor.</summary>
internal ref struct HandleList : IDisposable
{
    private readonly TensorHandle?[] _held;
    private readonly nint[] _values;

    internal HandleList(IReadOnlyList<Tensor?> tensors)
    {
        Count = tensors.Count;
        _held = ArrayPool<TensorHandle?>.Shared.Rent(Count + 1);
        _values = ArrayPool<nint>.Shared.Rent(Count + 1);
        Array.Clear(_held);
        for (var i = 0; i < Count; i++)
        {
            _values[i] = 0;
            if (tensors[i]?.Handle is not { } handle)
                continue;
            var added = false;
            try
            {
                handle.DangerousAddRef(ref added);
            }
            catch
            {
                Dispose();
                throw;
            }
            _held[i] = handle;
            _values[i] = handle.DangerousGetHandle();
        }
    }

    internal int Count { get; }

    public readonly ref nint GetPinnableReference() => ref _values[0];

    public readonly void Dispose()
    {
        for (var i = 0; i < Count; i++)
            _held[i]?.DangerousRelease();
        ArrayPool<TensorHandle?>.Shared.Return(_held, clearArray: true);
        ArrayPool<nint>.Shared.Return(_values);
    }
}
