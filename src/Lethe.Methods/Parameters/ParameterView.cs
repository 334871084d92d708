using System.Runtime.InteropServices;
using Lethe.Core.Errors;
using Lethe.Core.Store;

namespace Lethe.Methods.Parameters;

/// <summary>The trainable parameters inside a checkpoint's safetensors bytes, in place: nothing is copied.</summary>
internal sealed class ParameterView
{
    private readonly byte[] _checkpoint;
    private readonly (string Name, int Offset, int Length)[] _ranges;

    private ParameterView(byte[] checkpoint, (string, int, int)[] ranges) => (_checkpoint, _ranges) = (checkpoint, ranges);

    /// <summary>Names in the order of <see cref="Values"/>.</summary>
    public IReadOnlyList<string> Names => Array.ConvertAll(_ranges, range => range.Name);

    public int Count => _ranges.Length;

    /// <summary>All bytes of the checkpoint, changed ones included.</summary>
    public byte[] Checkpoint => _checkpoint;

    public string Name(int parameter) => _ranges[parameter].Name;

    public Span<float> Values(int parameter) =>
        MemoryMarshal.Cast<byte, float>(_checkpoint.AsSpan(_ranges[parameter].Offset, _ranges[parameter].Length));

    /// <exception cref="BadDataException">A parameter is missing, is not float32, or the bytes are not safetensors.</exception>
    public static ParameterView Of(byte[] checkpoint, IReadOnlyList<string> parameters)
    {
        var arrays = Safetensors.Read(checkpoint).ToDictionary(array => array.Name);
        var ranges = new (string, int, int)[parameters.Count];
        for (var i = 0; i < ranges.Length; i++)
        {
            if (!arrays.TryGetValue(parameters[i], out var array))
                throw new BadDataException($"Checkpoint lacks the parameter '{parameters[i]}': it belongs to another model. Train a new run.");
            if (array.Type != ElementType.F32)
                throw new BadDataException($"Parameter '{parameters[i]}' is stored as {array.Type}; residual memory needs F32. Train a new run.");
            ranges[i] = (array.Name, OffsetIn(checkpoint, array), array.Data.Length);
        }
        return new ParameterView(checkpoint, ranges);
    }

    private static int OffsetIn(byte[] checkpoint, NamedArray array)
    {
        if (!MemoryMarshal.TryGetArray(array.Data, out var segment) || !ReferenceEquals(segment.Array, checkpoint))
            throw new InvalidOperationException("Safetensors.Read must return slices of the bytes that it was given.");
        return segment.Offset;
    }
}
