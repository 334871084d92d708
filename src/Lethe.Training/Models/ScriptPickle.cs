using System.Buffers.Binary;
using System.Text;

namespace Lethe.Training.Models;

/// <summary>Reads the pickles that libtorch writes into TorchScript archives, as far as they say which tensors stand where.</summary>
internal sealed class ScriptPickle
{
    /// <summary>A tensor: the kind, name and elements of its storage, and its own shape.</summary>
    internal sealed record StoredTensor(string Kind, string Key, long Elements, string Shape = "");

    private sealed record Global(string Name);

    private sealed class Instance
    {
        public object? State { get; set; }
    }

    private sealed class Entries : List<(object? Key, object? Value)>;

    private static readonly object Mark = new();

    private readonly byte[] _bytes;
    private readonly List<object?> _stack = [];
    private readonly Dictionary<int, object?> _memo = [];
    private int _at;

    private ScriptPickle(byte[] bytes) => _bytes = bytes;

    /// <summary>The tensors with their names: attributes joined by dots, places in lists and tuples in brackets.</summary>
    /// <exception cref="InvalidDataException">The pickle has a form that libtorch does not write.</exception>
    internal static IReadOnlyList<(string Name, StoredTensor Tensor)> Tensors(byte[] bytes)
    {
        object? root;
        try
        {
            root = new ScriptPickle(bytes).Read();
        }
        catch (Exception error) when (error is ArgumentException or InvalidCastException or IndexOutOfRangeException or KeyNotFoundException)
        {
            throw new InvalidDataException("The pickle is damaged.", error);
        }
        var found = new List<(string, StoredTensor)>();
        Walk("", root, found, new HashSet<object>(ReferenceEqualityComparer.Instance));
        return found;
    }

    private static void Walk(string name, object? value, List<(string, StoredTensor)> found, HashSet<object> seen)
    {
        if (value is StoredTensor tensor)
            found.Add((name, tensor));
        else if (value is null or string || !seen.Add(value))
            return;
        else if (value is Instance instance)
            Walk(name, instance.State, found, seen);
        else if (value is Entries entries)
            entries.ForEach(entry => Walk(name.Length == 0 ? $"{entry.Key}" : $"{name}.{entry.Key}", entry.Value, found, seen));
        else if (value is List<object?> list)
            for (var i = 0; i < list.Count; i++)
                Walk($"{name}[{i}]", list[i], found, seen);
    }

    private object? Read()
    {
        while ((char)_bytes[_at++] is var code && code != '.')
            Step(code);
        return Pop();
    }

    private void Step(char code)
    {
        switch (code)
        {
            case '\x80': _at++; break;
            case '(': Push(Mark); break;
            case 'N': Push(null); break;
            case '\x88': Push(true); break;
            case '\x89': Push(false); break;
            case 'K': Push((long)_bytes[_at++]); break;
            case 'M': Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2))); break;
            case 'J': Push((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4))); break;
            case '\x8a': Push(Long(Take(_bytes[_at++]))); break;
            case 'G': Push(BinaryPrimitives.ReadDoubleBigEndian(Take(8))); break;
            case 'X' or 'T': Push(Encoding.UTF8.GetString(Take(Int()))); break;
            case 'U': Push(Encoding.UTF8.GetString(Take(_bytes[_at++]))); break;
            case 'c': Push(new Global($"{Line()}.{Line()}")); break;
            case 'q': _memo[_bytes[_at++]] = _stack[^1]; break;
            case 'r': _memo[Int()] = _stack[^1]; break;
            case 'h': Push(_memo[_bytes[_at++]]); break;
            case 'j': Push(_memo[Int()]); break;
            case ')' or ']': Push(new List<object?>()); break;
            case '}': Push(new Entries()); break;
            case 't' or 'l': Push(SinceMark()); break;
            case '\x85' or '\x86' or '\x87': Push(Last(code - '\x84')); break;
            case 'a': Append([Pop()]); break;
            case 'e': Append(SinceMark()); break;
            case 's': Set(Last(2)); break;
            case 'u': Set(SinceMark()); break;
            case 'd':
                var items = SinceMark();
                Push(new Entries());
                Set(items);
                break;
            case '\x81': Last(2); Push(new Instance()); break;
            case 'b':
                var state = Pop();
                ((Instance)_stack[^1]!).State = state;
                break;
            case 'R': Reduce(); break;
            case 'Q': Push(Storage((List<object?>)Pop()!)); break;
            default: throw new InvalidDataException($"The pickle has the code {(int)code} at byte {_at - 1}, which is not known here.");
        }
    }

    private void Reduce()
    {
        var arguments = (List<object?>)Pop()!;
        var function = Pop();
        if (function is Global { Name: var name } && name.StartsWith("torch.jit._pickle.", StringComparison.Ordinal))
            Push(arguments[0]);
        else
            Push(arguments is [StoredTensor storage, long, List<object?> shape, ..] ? storage with { Shape = $"({string.Join(", ", shape)})" } : arguments);
    }

    private static StoredTensor Storage(List<object?> id) => new(((Global)id[1]!).Name, (string)id[2]!, (long)id[4]!);

    private void Push(object? value) => _stack.Add(value);

    private object? Pop()
    {
        var value = _stack[^1];
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private List<object?> Last(int count)
    {
        var values = _stack.GetRange(_stack.Count - count, count);
        _stack.RemoveRange(_stack.Count - count, count);
        return values;
    }

    private List<object?> SinceMark()
    {
        var values = Last(_stack.Count - _stack.FindLastIndex(value => ReferenceEquals(value, Mark)));
        values.RemoveAt(0);
        return values;
    }

    private void Append(List<object?> values) => ((List<object?>)_stack[^1]!).AddRange(values);

    private void Set(List<object?> values)
    {
        var entries = (Entries)_stack[^1]!;
        for (var i = 0; i < values.Count; i += 2)
            entries.Add((values[i], values[i + 1]));
    }

    private ReadOnlySpan<byte> Take(int count) => _bytes.AsSpan((_at += count) - count, count);

    private int Int() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    private static long Long(ReadOnlySpan<byte> bytes) => (long)new System.Numerics.BigInteger(bytes);

    private string Line()
    {
        var end = Array.IndexOf(_bytes, (byte)'\n', _at);
        var text = Encoding.UTF8.GetString(_bytes, _at, end - _at);
        _at = end + 1;
        return text;
    }
}
