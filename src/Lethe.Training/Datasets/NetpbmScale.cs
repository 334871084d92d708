namespace Lethe.Training.Datasets;

/// <summary>
/// The brightest value that a PGM or PPM file declares (netpbm's "maxval"). The decoder hands values over as they are stored; only with this
/// they have a scale: what is declared brightest becomes 255.
/// </summary>
internal static class NetpbmScale
{
    private const int Full = 255;

    /// <summary>Brings the pixels of such a file to 0…255, in place; leaves those of other files alone.</summary>
    public static void Apply(ReadOnlySpan<byte> file, Span<byte> pixels)
    {
        int brightest = Brightest(file);
        if (brightest is <= 0 or >= Full) return; // two-byte values are reduced by the decoder itself
        for (int i = 0; i < pixels.Length; i++) pixels[i] = (byte)Math.Min(Full, (pixels[i] * Full + brightest / 2) / brightest);
    }

    /// <summary>The third number of the header, behind width and height; 0 for another kind of file.</summary>
    private static int Brightest(ReadOnlySpan<byte> file)
    {
        if (file.Length < 2 || file[0] != 'P' || file[1] is not ((byte)'5' or (byte)'6')) return 0;
        int position = 2;
        int number = 0;
        for (int field = 0; field < 3; field++)
        {
            while (position < file.Length && (file[position] == '#' || char.IsWhiteSpace((char)file[position])))
            {
                if (file[position] == '#') position += file[position..].IndexOf((byte)'\n') is var end and >= 0 ? end : file.Length - position;
                else position++;
            }
            number = 0;
            while (position < file.Length && char.IsAsciiDigit((char)file[position]) && number <= ushort.MaxValue) number = number * 10 + file[position++] - '0';
        }
        return number;
    }
}
