using Lethe.Core.Numerics;
using Lethe.Operations;

namespace Lethe.Tests.Operations;

public sealed class BytePatternsTests
{
    [Fact]
    public void Finds_each_pattern_at_every_place()
    {
        byte[] noise = Noise(4_000, 1);
        byte[][] patterns = [Noise(64, 2), Noise(64, 3), Noise(64, 4)];
        var search = new BytePatterns(patterns);
        Assert.Equal(3, search.Count);
        Assert.Null(search.FindIn(noise));
        foreach (int offset in new[] { 0, 1, 1_999, 4_000 - 64 })
        {
            byte[] file = [.. noise];
            patterns[offset % 3].CopyTo(file, offset);
            Assert.Equal(offset, search.FindIn(file));
        }
    }

    [Fact]
    public void Part_of_a_pattern_is_no_match()
    {
        byte[] pattern = Noise(64, 2);
        Assert.Null(new BytePatterns([pattern]).FindIn(pattern.AsSpan(1)));
    }

    [Fact]
    public void Uniform_and_short_records_are_counted_as_not_searched()
    {
        var search = new BytePatterns([new byte[784], [1, 2, 3, 4, 5]]);
        Assert.Equal((0, 2), (search.Count, search.Skipped));
        Assert.Null(search.FindIn(new byte[10_000]));
    }

    private static byte[] Noise(int length, ulong seed)
    {
        var random = new CounterRandom(seed, 9);
        return [.. Enumerable.Range(0, length).Select(_ => (byte)random.NextInt32(256))];
    }
}
