using System.Text;
using FsCheck.Fluent;
using Lethe.Core.Records;

namespace Lethe.Core.Tests.Records;

public class DigestTests
{
    private const string OfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    [Fact]
    public void Of_is_SHA256_of_bytes_stream_and_text()
    {
        Assert.Equal(OfAbc, Digest.Of("abc"u8).ToString());
        Assert.Equal(OfAbc, Digest.Of(new MemoryStream(Encoding.ASCII.GetBytes("abc"))).ToString());
        Assert.Equal(OfAbc, Digest.OfText("abc").ToString());
        Assert.Equal("ba7816bf8f01", Digest.OfText("abc").Short);
    }

    [Fact]
    public void Text_goes_both_ways_in_either_case()
    {
        Assert.Equal(Digest.Of("abc"u8), Digest.Parse(OfAbc));
        Assert.Equal(Digest.Of("abc"u8), Digest.Parse(OfAbc.ToUpperInvariant()));
        Property.Holds(Gen.Choose(0, int.MaxValue), n =>
        {
            var digest = Digest.Of(BitConverter.GetBytes(n));
            Assert.Equal(digest, Digest.Parse(digest.ToString()));
        });
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ba78")]
    [InlineData("za7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData(OfAbc + "0")]
    public void Anything_else_is_no_digest(string? text)
    {
        Assert.False(Digest.TryParse(text, out _));
        Assert.Throws<FormatException>(() => Digest.Parse(text!));
    }

    [Fact]
    public void Order_is_that_of_the_texts()
    {
        var digests = Enumerable.Range(0, 50).Select(n => Digest.Of(BitConverter.GetBytes(n))).ToArray();
        Assert.Equal(digests.OrderBy(d => d.ToString(), StringComparer.Ordinal), digests.Order());
        Assert.True(digests.Min() < digests.Max() && digests.Max() > digests.Min());
        Assert.True(digests[0] <= digests[0] && digests[0] >= digests[0]);
    }
}
