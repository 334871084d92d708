namespace Lethe.Operations;

/// <summary>Finds any of many byte strings of one length in a file, in one pass (rolling hash of Karp and Rabin).</summary>
internal sealed class BytePatterns
{
    private const ulong Base = 1_099_511_628_211;
    private const int ShortestPattern = 16;
    private const int FewestValues = 4;
    private readonly Dictionary<ulong, List<byte[]>> _byHash = [];
    private readonly int _length;
    private readonly ulong _leading = 1;

    public BytePatterns(IEnumerable<byte[]> patterns)
    {
        foreach (byte[] pattern in patterns)
        {
            if (pattern.Length < ShortestPattern || pattern.Distinct().Take(FewestValues).Count() < FewestValues)
            {
                Skipped++;
                continue;
            }

            _length = pattern.Length;
            ulong hash = HashOf(pattern);
            if (!_byHash.TryGetValue(hash, out var same))
                _byHash[hash] = same = [];
            same.Add(pattern);
            Count++;
        }

        for (int i = 1; i < _length; i++)
            _leading *= Base;
    }

    /// <summary>How many patterns are searched for.</summary>
    public int Count { get; }

    /// <summary>How many are too short or too uniform to mean anything.</summary>
    public int Skipped { get; }

    /// <summary>The offset of the first match, or null.</summary>
    public int? FindIn(ReadOnlySpan<byte> data)
    {
        if (Count == 0 || data.Length < _length)
            return null;
        ulong hash = HashOf(data[.._length]);
        for (int start = 0; ; start++)
        {
            if (_byHash.TryGetValue(hash, out var candidates))
            {
                foreach (byte[] candidate in candidates)
                {
                    if (data.Slice(start, _length).SequenceEqual(candidate))
                        return start;
                }
            }

            if (start + _length == data.Length)
                return null;
            hash = (hash - data[start] * _leading) * Base + data[start + _length];
        }
    }

    private static ulong HashOf(ReadOnlySpan<byte> bytes)
    {
        ulong hash = 0;
        foreach (byte value in bytes)
            hash = hash * Base + value;
        return hash;
    }
}
