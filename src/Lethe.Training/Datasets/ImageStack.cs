using System.Collections.Concurrent;
using Lethe.Core.Errors;

namespace Lethe.Training.Datasets;

/// <summary>Pictures of one size, decoded: (C, H, W) each; grey ones are repeated over three channels where others are in colour.</summary>
internal sealed record ImageStack(IReadOnlyList<long> Shape, byte[] Pixels)
{
    /// <param name="files">At least one picture.</param>
    /// <param name="where">The source, for messages.</param>
    /// <param name="size">Brings square pictures of a whole multiple of this side to this side; null: all must have one size.</param>
    public static ImageStack Decode(IReadOnlyList<PictureFile> files, string where, int? size = null)
    {
        Picture first = Decode(files[0], where, size);
        return TryDecode(files, first, first.Channels, where, size) ?? TryDecode(files, first, Picture.Colour, where, size)!;
    }

    /// <returns>Null when a picture is in colour while <paramref name="channels"/> is 1.</returns>
    private static ImageStack? TryDecode(IReadOnlyList<PictureFile> files, Picture first, int channels, string where, int? size)
    {
        long plane = (long)first.Height * first.Width;
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
                Picture picture = Decode(files[i], where, size);
                if ((picture.Height, picture.Width) != (first.Height, first.Width))
                    throw new BadDataException($"{where}: the picture '{files[i].Name}' is {picture.Width}×{picture.Height}, but '{files[0].Name}' is {first.Width}×{first.Height}. Bring all pictures to one size first.");
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

    private static Picture Decode(PictureFile file, string where, int? size)
    {
        Picture picture = Picture.Decode(file, where);
        if (size is not { } side) return picture;
        return picture.Reduced(side)
            ?? throw new BadDataException($"{where}: the picture '{file.Name}' is {picture.Width}×{picture.Height}, no square whose side is a whole multiple of {side}. Bring all pictures to {side}×{side} first.");
    }
}
