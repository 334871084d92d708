using System.Numerics;

namespace Lethe.Training.Training;

/// <summary>L1 distance between two parameter updates, accumulated in 64-bit floats.</summary>
public static class UpdateDistance
{
    /// <summary>Computes Σ |(a − b) − (c − d)| over all parameters, every difference taken in 64-bit floats.</summary>
    /// <param name="a">Parameters after the first update.</param>
    /// <param name="b">Parameters before the first update.</param>
    /// <param name="c">Parameters after the second update.</param>
    /// <param name="d">Parameters before the second update.</param>
    public static double L1(StateDict a, StateDict b, StateDict c, StateDict d)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(c);
        ArgumentNullException.ThrowIfNull(d);
        var sum = 0.0;
        foreach (var name in a.ParameterNames)
        {
            sum += L1(a.Values(name), b.Values(name), c.Values(name), d.Values(name));
        }
        return sum;
    }

    /// <summary>Computes Σ |(a − b) − (c − d)| over arrays of equal length.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double L1(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> c, ReadOnlySpan<float> d)
    {
        if (b.Length != a.Length || c.Length != a.Length || d.Length != a.Length)
        {
            throw new ArgumentException($"Lengths differ: {a.Length}, {b.Length}, {c.Length}, {d.Length}.");
        }
        var width = Vector<float>.Count;
        var total = Vector<double>.Zero;
        var i = 0;
        for (; i <= a.Length - width; i += width)
        {
            Vector.Widen(new Vector<float>(a[i..]), out var aLow, out var aHigh);
            Vector.Widen(new Vector<float>(b[i..]), out var bLow, out var bHigh);
            Vector.Widen(new Vector<float>(c[i..]), out var cLow, out var cHigh);
            Vector.Widen(new Vector<float>(d[i..]), out var dLow, out var dHigh);
            total += Vector.Abs(aLow - bLow - (cLow - dLow)) + Vector.Abs(aHigh - bHigh - (cHigh - dHigh));
        }
        var sum = Vector.Sum(total);
        for (; i < a.Length; i++)
        {
            sum += Math.Abs((double)a[i] - b[i] - ((double)c[i] - d[i]));
        }
        return sum;
    }
}
