using System.IO.Compression;
using System.Text;

namespace Lethe.Training.Tests.Datasets;

/// <summary>Writes MATLAB level-5 files element by element.</summary>
internal static class MadeUpMat
{
    private const byte Double = 6;
    private const byte UInt8 = 9;

    public static byte[] File(params byte[][] elements) => [.. Header("MATLAB 5.0 MAT-file, made up", 0x0100), .. elements.SelectMany(element => element)];

    public static byte[] Header(string text, short version) => [.. Encoding.ASCII.GetBytes(text.PadRight(124)), .. BitConverter.GetBytes(version), .. "IM"u8];

    public static byte[] Bytes(string name, int[] shape, params byte[] values) => Matrix(name, UInt8, 0, shape, Element(2, values));

    public static byte[] Doubles(string name, int[] shape, params double[] values) => Matrix(name, Double, 0, shape, Element(9, [.. values.SelectMany(BitConverter.GetBytes)]));

    public static byte[] Complex(string name, int[] shape, params byte[] values) => Matrix(name, UInt8, 8, shape, [.. Element(2, values), .. Element(2, values)]);

    /// <summary>The element as one zlib stream, as save -v7 writes it.</summary>
    public static byte[] Compressed(byte[] element)
    {
        using var memory = new MemoryStream();
        using (var zlib = new ZLibStream(memory, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(element);
        return [.. BitConverter.GetBytes(15), .. BitConverter.GetBytes((int)memory.Length), .. memory.ToArray()];
    }

    public static byte[] Matrix(string name, byte arrayClass, byte flags, int[] shape, byte[] values)
    {
        byte[] inner = [.. Element(6, [arrayClass, flags, 0, 0, 0, 0, 0, 0]), .. Element(5, [.. shape.SelectMany(BitConverter.GetBytes)]), .. Element(1, Encoding.ASCII.GetBytes(name)), .. values];
        return [.. BitConverter.GetBytes(14), .. BitConverter.GetBytes(inner.Length), .. inner];
    }

    /// <summary>Type, size and data, padded to 8 bytes; up to 4 bytes of data go into the tag.</summary>
    private static byte[] Element(int type, byte[] data) => data.Length is > 0 and <= 4
        ? [.. BitConverter.GetBytes((short)type), .. BitConverter.GetBytes((short)data.Length), .. data, .. new byte[4 - data.Length]]
        : [.. BitConverter.GetBytes(type), .. BitConverter.GetBytes(data.Length), .. data, .. new byte[-data.Length & 7]];
}
