namespace Lethe.Operations;

/// <summary>The order of a picture's bytes.</summary>
internal static class PixelLayout
{
    /// <summary>Turns one plane after the other into interleaved channels.</summary>
    public static byte[] Interleave(ReadOnlySpan<byte> planes, int channels)
    {
        var pixels = new byte[planes.Length];
        int plane = planes.Length / channels;
        for (int i = 0; i < plane; i++)
        {
            for (int channel = 0; channel < channels; channel++)
                pixels[i * channels + channel] = planes[channel * plane + i];
        }

        return pixels;
    }
}
