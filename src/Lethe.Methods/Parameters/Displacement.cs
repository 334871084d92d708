using System.Numerics;
using System.Runtime.InteropServices;

namespace Lethe.Methods.Parameters;

/// <summary>δ = P'_s − P_s over trainable parameters: what a stitch adds to every later checkpoint (float32).</summary>
internal sealed class Displacement
{
    private readonly float[][] _values;

    private Displacement(float[][] values, double norm) => (_values, Norm) = (values, norm);

    /// <summary>‖δ‖₁ in double precision; 0 means that nothing moves.</summary>
    public double Norm { get; }

    public static Displacement Between(ParameterView retrained, ParameterView stored)
    {
        var values = new float[stored.Count][];
        var norm = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            Span<float> to = retrained.Values(i), from = stored.Values(i);
            var difference = values[i] = new float[from.Length];
            for (var j = 0; j < difference.Length; j++)
            {
                difference[j] = to[j] - from[j];
                norm += Math.Abs(difference[j]);
            }
        }
        return new Displacement(values, norm);
    }

    /// <summary>Adds δ to the parameters of a checkpoint in place; buffers stay as they are.</summary>
    public void AddTo(ParameterView checkpoint)
    {
        for (var i = 0; i < _values.Length; i++) Add(checkpoint.Values(i), _values[i]);
    }

    private static void Add(Span<float> target, ReadOnlySpan<float> addend)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(target);
        var addends = MemoryMarshal.Cast<float, Vector<float>>(addend);
        for (var i = 0; i < vectors.Length; i++) vectors[i] += addends[i];
        for (var i = vectors.Length * Vector<float>.Count; i < target.Length; i++) target[i] += addend[i];
    }
}
