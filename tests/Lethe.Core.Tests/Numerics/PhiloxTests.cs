using Lethe.Core.Numerics;

namespace Lethe.Core.Tests.Numerics;

public class PhiloxTests
{
    /// <summary>The known answers published with the Random123 library (kat_vectors, philox4x32 10).</summary>
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Block_gives_the_published_answers(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint a, uint b, uint c, uint d) =>
        Assert.Equal((a, b, c, d), Philox.Block(c0, c1, c2, c3, k0, k1));

    [Fact]
    public void Stream_without_key_counts_up_from_zero()
    {
        var random = new CounterRandom(0);
        Assert.Equal(0xe169c58d6627e8d5ul, random.NextUInt64());
        Assert.Equal(0x9b00dbd8bc57ac4cul, random.NextUInt64());
        var (low, high) = Philox.Block(1, 0, 0);
        Assert.Equal((low, high), (random.NextUInt64(), random.NextUInt64()));
    }
}
