namespace Lethe.Core.Numerics;

/// <summary>
/// A reproducible random stream that is a pure function of a seed and a key (such as block and epoch), by
/// Philox4x32-10. Streams with different keys are independent. Not thread-safe; not for secrets.
/// </summary>
public sealed class CounterRandom
{
    private readonly ulong _key, _stream;
    private ulong _counter;
    private uint _w0, _w1, _w2, _w3;
    private int _left;
    private double _spareNormal = double.NaN;

    /// <summary>Starts the stream of a seed and a key. Without a key it is the plain Philox stream of the seed.</summary>
    public CounterRandom(ulong seed, params ReadOnlySpan<ulong> key) => (_key, _stream) = Absorb(seed, key);

    /// <summary>A new seed that depends on every word of the key; the seed itself when the key is empty.</summary>
    public static ulong DeriveSeed(ulong seed, params ReadOnlySpan<ulong> key) => Absorb(seed, key).Key;

    /// <summary>64 uniform bits.</summary>
    public ulong NextUInt64() => NextUInt32() | (ulong)NextUInt32() << 32;

    /// <summary>A uniform integer in 0 … <paramref name="maxExclusive"/>−1, without bias (Lemire 2019).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxExclusive"/> is not positive.</exception>
    public int NextInt32(int maxExclusive)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxExclusive);
        var range = (uint)maxExclusive;
        var product = (ulong)NextUInt32() * range;
        if ((uint)product < range)
        {
            var threshold = (0u - range) % range;
            while ((uint)product < threshold)
                product = (ulong)NextUInt32() * range;
        }
        return (int)(product >> 32);
    }

    /// <summary>A uniform number in [0, 1) with 53 random bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A standard normal number (Box–Muller). Its last bits depend on the platform's mathematical library.</summary>
    public double NextNormal()
    {
        if (!double.IsNaN(_spareNormal))
        {
            var spare = _spareNormal;
            _spareNormal = double.NaN;
            return spare;
        }
        var radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        var (sine, cosine) = Math.SinCos(2 * Math.PI * NextDouble());
        _spareNormal = radius * sine;
        return radius * cosine;
    }

    /// <summary>Puts the items in a uniformly random order (Fisher–Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = NextInt32(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    internal uint NextUInt32()
    {
        if (_left == 0)
        {
            (_w0, _w1, _w2, _w3) = Philox.Block(
                (uint)_counter, (uint)(_counter >> 32), (uint)_stream, (uint)(_stream >> 32), (uint)_key, (uint)(_key >> 32));
            _counter++;
            _left = 4;
        }
        return _left-- switch { 4 => _w0, 3 => _w1, 2 => _w2, _ => _w3 };
    }

    private static (ulong Key, ulong Stream) Absorb(ulong seed, ReadOnlySpan<ulong> words)
    {
        var (key, stream) = (seed, 0UL);
        for (var i = 0; i < words.Length; i++)
            (key, stream) = Philox.Block(words[i], stream ^ (ulong)(i + 1), key);
        return (key, stream);
    }
}
