using System.Buffers.Binary;
using System.IO.Compression;
using Lethe.Reports;

namespace Lethe.Tests.Reports;

public sealed class PngEncoderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Pixels_come_back_from_the_file(int channels)
    {
        byte[] pixels = [.. Enumerable.Range(0, 5 * 4 * channels).Select(i => (byte)(i * 7))];
        byte[] file = PngEncoder.Encode(pixels, 5, 4, channels);

        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..8]);
        Assert.Equal(5, BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(16)));
        Assert.Equal(4, BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(20)));
        int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(33));
        using var zlib = new ZLibStream(new MemoryStream(file, 41, length), CompressionMode.Decompress);
        var rows = new MemoryStream();
        zlib.CopyTo(rows);
        byte[] raw = rows.ToArray();
        int stride = 5 * channels + 1;
        Assert.Equal(4 * stride, raw.Length);
        for (int row = 0; row < 4; row++)
        {
            Assert.Equal(0, raw[row * stride]);
            Assert.Equal(pixels[(row * 5 * channels)..((row + 1) * 5 * channels)], raw[(row * stride + 1)..((row + 1) * stride)]);
        }
    }

    [Fact]
    public void The_end_chunk_carries_the_checksum_that_every_png_has() =>
        Assert.Equal([0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82], PngEncoder.Encode([1], 1, 1, 1)[^12..]);

    [Theory]
    [InlineData(2, 2, 1, 3)]
    [InlineData(0, 2, 1, 0)]
    [InlineData(1, 1, 2, 2)]
    public void Sizes_that_do_not_fit_are_refused(int width, int height, int channels, int bytes) =>
        Assert.Throws<ArgumentException>(() => PngEncoder.Encode(new byte[bytes], width, height, channels));
}
