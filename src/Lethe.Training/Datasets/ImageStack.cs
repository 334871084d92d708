using System.Collections.Concurrent;
using Lethe.Core.Errors;
using Lethe.Torch;

namespace Lethe.Training.Datasets;

/// <summary>Pictures of one size, decoded: (C, H, W) each; grey ones are repeated over three channels where others are in colour.</summary>
internal sealed record ImageStack(IReadOnlyList<long> Shape, byte[] Pixels)
{
    private const int Grey = 1;
    private const int Colour = 3;

    public static ImageStack Decode(IReadOnlyList<KeyValuePair<string, byte[]>> files, string where)
    {
        Picture first = Picture.Decode(files[0], where);
        return TryDecode(files, first, first.Channels, where) ?? TryDecode(files, first, Colour, where)!;
    }

    /// <returns>Null when a picture is in colour while <paramref name="channels"/> is 1.</returns>
    private static ImageStack? TryDecode(IReadOnlyList<KeyValuePair<string, byte[]>> files, Picture first, int channels, string where)
    {
        long plane = first.Height * first.Width;
        long length = channels * plane;
        if (length * files.Count > InputFile.MaxBytes)
            throw new BadDataException($"{where}: the pictures need {length * files.Count:N0} bytes decoded; at most {InputFile.MaxBytes:N0} fit. Use fewer or smaller pictures.");
        byte[] pixels = GC.AllocateUninitializedArray<byte>((int)(length * files.Count));
        var errors = new ConcurrentDictionary<int, BadDataException>();
        bool colour = false;
        Parallel.For(0, files.Count, (i, loop) =>
        {
            try
            {
                Picture picture = Picture.Decode(files[i], where);
                if ((picture.Height, picture.Width) != (first.Height, first.Width))
                    throw new BadDataException($"{where}: the picture '{files[i].Key}' is {picture.Width}×{picture.Height}, but '{files[0].Key}' is {first.Width}×{first.Height}. Bring all pictures to one size first.");
                if (picture.Channels > channels)
                {
                    Volatile.Write(ref colour, true);
                    loop.Stop();
                    return;
                }
                Span<byte> target = pixels.AsSpan((int)(i * length), (int)length);
                for (int start = 0; start < length; start += picture.Pixels.Length) picture.Pixels.CopyTo(target[start..]);
            }
            catch (BadDataException error)
            {
                errors[i] = error;
                loop.Stop();
            }
        });
        if (!errors.IsEmpty) throw errors[errors.Keys.Min()];
        return colour ? null : new ImageStack([channels, first.Height, first.Width], pixels);
    }

    private sealed record Picture(int Channels, long Height, long Width, byte[] Pixels)
    {
        public static Picture Decode(KeyValuePair<string, byte[]> file, string where)
        {
            try
            {
                Picture picture = Decode(file.Value, 0);
                return picture.Channels switch
                {
                    Grey or Colour => picture,
                    2 => Decode(file.Value, Grey),
                    _ => Decode(file.Value, Colour),
                };
            }
            catch (TorchException error)
            {
                throw new BadDataException($"{where}: '{file.Key}' is not a picture that can be decoded ({error.Message}). JPEG, PNG, BMP, PGM and PPM can; remove or replace the file.", error);
            }
        }

        private static Picture Decode(byte[] data, int channels)
        {
            using Tensor image = torch.vision.decode_image(data, channels);
            return new Picture((int)image.shape[0], image.shape[1], image.shape[2], image.bytes());
        }
    }
}
