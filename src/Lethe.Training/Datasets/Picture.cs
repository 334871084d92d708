using Lethe.Core.Errors;
using Lethe.Torch;

namespace Lethe.Training.Datasets;

/// <summary>A decoded picture: bytes (C, H, W) with one or three channels.</summary>
internal sealed record Picture(int Channels, int Height, int Width, byte[] Pixels)
{
    public const int Grey = 1;
    public const int Colour = 3;

    public static Picture Decode(PictureFile file, string where)
    {
        byte[] data = file.Read();
        try
        {
            Picture picture = Decode(data, 0);
            return picture.Channels switch
            {
                Grey or Colour => picture,
                2 => Decode(data, Grey),
                _ => Decode(data, Colour),
            };
        }
        catch (TorchException error)
        {
            throw new BadDataException($"{where}: '{file.Name}' is not a picture that can be decoded ({error.Message}). JPEG, PNG, BMP, PGM and PPM can; remove or replace the file.", error);
        }
    }

    /// <summary>The picture in <paramref name="size"/> × <paramref name="size"/> pixels, each the mean of a square of the original.</summary>
    /// <returns>Null unless the picture is a square of a whole multiple of that size.</returns>
    public Picture? Reduced(int size)
    {
        if (Height == size && Width == size) return this;
        if (Height != Width || Height % size != 0) return null;
        int factor = Height / size;
        int area = factor * factor;
        var pixels = new byte[Channels * size * size];
        for (int i = 0; i < pixels.Length; i++)
        {
            int corner = i / (size * size) * Height * Width + i / size % size * factor * Width + i % size * factor;
            int sum = 0;
            for (int y = 0; y < factor; y++)
            {
                for (int x = 0; x < factor; x++) sum += Pixels[corner + y * Width + x];
            }
            pixels[i] = (byte)((sum + area / 2) / area);
        }
        return new Picture(Channels, size, size, pixels);
    }

    private static Picture Decode(byte[] data, int channels)
    {
        using Tensor image = torch.vision.decode_image(data, channels);
        byte[] pixels = image.bytes();
        NetpbmScale.Apply(data, pixels);
        return new Picture((int)image.shape[0], (int)image.shape[1], (int)image.shape[2], pixels);
    }
}
