using System.Text;

namespace Lethe.Torch.Tests.Vision;

/// <summary>The pictures were made by tests/reference/make_torch_files.py: pixel (x, y) is (40 x, 60 y, 10 (x + y)).</summary>
public sealed class DecodeImageTests
{
    private static byte[] Picture(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "golden", "pictures", name));

    private static Tensor Colour(int scale = 1)
    {
        var x = torch.arange(5).unsqueeze(0).expand(4, 5);
        var y = torch.arange(4).unsqueeze(1).expand(4, 5);
        var pixels = torch.stack([x * 40, y * 60, (x + y) * 10]);
        return pixels.unsqueeze(2).unsqueeze(4).expand(3, 4, scale, 5, scale).reshape(3, 4 * scale, 5 * scale);
    }

    private static Tensor Grey() => torch.arange(5).unsqueeze(0) * 40 + torch.arange(4).unsqueeze(1) * 10;

    [Theory]
    [InlineData("colour.png")]
    [InlineData("colour.bmp")]
    [InlineData("colour.ppm")]
    public void Lossless_colour_pictures_are_exact(string name)
    {
        using var scope = torch.NewDisposeScope();
        var decoded = torch.vision.decode_image(Picture(name));
        Assert.Equal(torch.uint8, decoded.dtype);
        Assert.True(decoded.to(torch.int64).equal(Colour()));
    }

    [Fact]
    public void A_palette_is_resolved()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Equal([3L, 4L, 5L], torch.vision.decode_image(Picture("palette.png")).shape);
    }

    [Theory]
    [InlineData("grey.png")]
    [InlineData("grey.pgm")]
    public void Lossless_grey_pictures_are_exact(string name)
    {
        using var scope = torch.NewDisposeScope();
        Assert.True(torch.vision.decode_image(Picture(name)).to(torch.int64).equal(Grey().unsqueeze(0)));
        Assert.True(torch.vision.decode_image(Picture(name), channels: 3).to(torch.int64).equal(Grey().expand(3, 4, 5)));
    }

    [Theory]
    [InlineData("colour.jpg")]
    [InlineData("progressive.jpg")]
    public void Jpeg_pictures_are_close(string name)
    {
        using var scope = torch.NewDisposeScope();
        var decoded = torch.vision.decode_image(Picture(name)).to(torch.int64);
        Assert.Equal([3L, 32L, 40L], decoded.shape);
        Assert.True((decoded - Colour(8)).abs().to(torch.float32).mean().ToDouble() < 3);
    }

    [Fact]
    public void Grey_jpeg_pictures_have_one_channel()
    {
        using var scope = torch.NewDisposeScope();
        var decoded = torch.vision.decode_image(Picture("grey.jpg")).to(torch.int64);
        Assert.Equal([1L, 4L, 5L], decoded.shape);
        Assert.True((decoded - Grey()).abs().max().ToInt64() < 8);
    }

    [Fact]
    public void Channels_are_converted_when_asked()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Equal([4L, 4L, 5L], torch.vision.decode_image(Picture("clear.png")).shape);
        Assert.True(torch.vision.decode_image(Picture("clear.png"), channels: 3).to(torch.int64).equal(Colour()));
        Assert.Equal([1L, 4L, 5L], torch.vision.decode_image(Picture("colour.png"), channels: 1).shape);
        Assert.Throws<TorchException>(() => torch.vision.decode_image(Picture("colour.png"), channels: 2));
    }

    [Fact]
    public void A_graymap_written_by_hand_is_read()
    {
        using var scope = torch.NewDisposeScope();
        byte[] file = [.. Encoding.ASCII.GetBytes("P5\n2 3\n255\n"), 1, 2, 3, 4, 5, 6];
        var decoded = torch.vision.decode_image(file);
        Assert.Equal([1L, 3L, 2L], decoded.shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], decoded.data<byte>());
    }

    [Fact]
    public void What_is_no_picture_is_refused()
    {
        Assert.Contains("not a readable", Assert.Throws<TorchException>(() => torch.vision.decode_image("no picture"u8)).Message);
        Assert.Throws<TorchException>(() => torch.vision.decode_image([]));
        var cut = Picture("colour.png").AsSpan(0, 40).ToArray();
        Assert.Throws<TorchException>(() => torch.vision.decode_image(cut));
        var huge = Encoding.ASCII.GetBytes("P6\n99999999 99999999\n255\n");
        Assert.Throws<TorchException>(() => torch.vision.decode_image(huge));
    }
}
