using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Lethe.Core.Errors;

namespace Lethe.Training.Datasets;

/// <summary>
/// An array in NumPy's .npy format, versions 1 and 2: magic, header length, a Python dictionary with descr, fortran_order and shape, raw data.
/// Only plain little-endian numbers in C order are read; pickled objects never are.
/// </summary>
internal sealed partial class NpyArray
{
    private const int MaxHeader = 64 * 1024;
    private const int MaxDimensions = 8;

    private readonly string _what;
    private readonly string _type;
    private readonly byte[] _data;

    private NpyArray(string what, string type, long[] shape, byte[] data)
    {
        _what = what;
        _type = type;
        _data = data;
        Shape = shape;
    }

    public IReadOnlyList<long> Shape { get; }

    public bool IsBytes => _type == "u1";

    public byte[] Bytes => _data;

    /// <param name="stream">The .npy data.</param>
    /// <param name="what">How messages name the array.</param>
    /// <param name="available">An upper bound of the bytes in the stream.</param>
    public static NpyArray Read(Stream stream, string what, InputSize available)
    {
        Span<byte> start = stackalloc byte[8];
        if (stream.ReadAtLeast(start, 8, throwOnEndOfStream: false) < 8 || !start[..6].SequenceEqual(Magic))
            throw new BadDataException($"{what}: not in NumPy's .npy format. Save the arrays with numpy.savez.");
        string header = ReadHeader(stream, start[6], what);
        string type = TypeOf(header, what);
        long[] shape = ShapeOf(header, what);
        long bytes = type[1] - '0';
        try
        {
            foreach (long size in shape) bytes = checked(bytes * size);
        }
        catch (OverflowException error)
        {
            throw new BadDataException($"{what}: the header gives the impossible shape ({string.Join(", ", shape)}). The file is damaged: write it again.", error);
        }
        return new NpyArray(what, type, shape, InputFile.ReadExactly(stream, what, bytes, available));
    }

    /// <summary>The values of an integer array as class indices or identifiers.</summary>
    public int[] ToIntegers() => _type switch
    {
        "u1" => Array.ConvertAll(_data, value => (int)value),
        "i4" => MemoryMarshal.Cast<byte, int>(_data).ToArray(),
        "i8" => Array.ConvertAll(MemoryMarshal.Cast<byte, long>(_data).ToArray(), Narrow),
        _ => throw new BadDataException($"{_what}: holds floating-point values where integers are needed. Store labels as int64: y.astype('int64')."),
    };

    /// <summary>The values as Float32, little-endian bytes; every value must be finite.</summary>
    public byte[] ToFloatBytes()
    {
        float[] values = _type switch
        {
            "f4" => MemoryMarshal.Cast<byte, float>(_data).ToArray(),
            "f8" => Array.ConvertAll(MemoryMarshal.Cast<byte, double>(_data).ToArray(), value => (float)value),
            _ => Array.ConvertAll(ToIntegers(), value => (float)value),
        };
        FiniteCheck.Require(values, values.Length / (int)Math.Max(1, Shape[0]), _what);
        return MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
    }

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    private int Narrow(long value) =>
        value is >= int.MinValue and <= int.MaxValue ? (int)value : throw new BadDataException($"{_what}: the value {value} is too large for a label. Check that this is the array of labels.");

    private static string ReadHeader(Stream stream, byte version, string what)
    {
        if (version is not (1 or 2)) throw new BadDataException($"{what}: .npy version {version} is not read, only 1 and 2. Save plain numeric arrays.");
        Span<byte> size = stackalloc byte[4];
        size.Clear();
        int sizeBytes = version == 1 ? 2 : 4;
        bool whole = stream.ReadAtLeast(size[..sizeBytes], sizeBytes, throwOnEndOfStream: false) == sizeBytes;
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (!whole || length > MaxHeader) throw new BadDataException($"{what}: the .npy header is cut off or claims {length:N0} bytes. The file is damaged: write it again.");
        byte[] header = new byte[length];
        if (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
            throw new BadDataException($"{what}: ends inside the .npy header. The file is cut off: write it again.");
        return Encoding.Latin1.GetString(header);
    }

    private static string TypeOf(string header, string what)
    {
        Match order = OrderPattern().Match(header);
        if (order.Success && order.Groups[1].Value == "True")
            throw new BadDataException($"{what}: is stored in Fortran order. Save numpy.ascontiguousarray(x) instead.");
        string type = TypePattern().Match(header).Groups[1].Value;
        return order.Success && type is "|u1" or "<u1" or "<i4" or "<i8" or "<f4" or "<f8"
            ? type[1..]
            : throw new BadDataException($"{what}: the element type '{type}' is not read; uint8, int32, int64, float32 and float64 (little-endian) are. Convert it with astype; arrays of objects are never read.");
    }

    private static long[] ShapeOf(string header, string what)
    {
        Match match = ShapePattern().Match(header);
        string[] sizes = match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var shape = new long[sizes.Length];
        if (!match.Success || sizes.Length is 0 or > MaxDimensions || !sizes.Select((text, i) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out shape[i]) && shape[i] > 0).All(ok => ok))
            throw new BadDataException($"{what}: the .npy header gives no usable shape ('{match.Groups[1].Value}'). Arrays need 1 to {MaxDimensions} dimensions, none of them empty.");
        return shape;
    }

    [GeneratedRegex(@"'descr'\s*:\s*'([^']{1,16})'", RegexOptions.NonBacktracking)]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"'fortran_order'\s*:\s*(True|False)", RegexOptions.NonBacktracking)]
    private static partial Regex OrderPattern();

    [GeneratedRegex(@"'shape'\s*:\s*\(([^)]*)\)", RegexOptions.NonBacktracking)]
    private static partial Regex ShapePattern();
}
