using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Lethe.Core.Errors;

namespace Lethe.Training.Datasets;

/// <summary>An array in the IDX format (MNIST's): magic 0, 0, type, dimensions; big-endian sizes; big-endian values.</summary>
internal sealed class IdxFile
{
    private const int MaxDimensions = 8;

    private readonly byte[] _data;
    private readonly IdxType _type;

    private IdxFile(string path, IdxType type, long[] shape, byte[] data)
    {
        Path = path;
        Shape = shape;
        _type = type;
        _data = data;
    }

    public string Path { get; }

    public IReadOnlyList<long> Shape { get; }

    public bool IsBytes => _type == IdxType.UnsignedByte;

    public bool IsInteger => _type is IdxType.UnsignedByte or IdxType.SignedByte or IdxType.Int16 or IdxType.Int32;

    /// <summary>The values as they lie in the file; meaningful for unsigned bytes.</summary>
    public byte[] Bytes => _data;

    public static IdxFile Read(string path)
    {
        using Stream stream = InputFile.Open(path, out InputSize available);
        Span<byte> header = stackalloc byte[4];
        if (stream.ReadAtLeast(header, 4, throwOnEndOfStream: false) < 4 || header[0] != 0 || header[1] != 0 || SizeOf(header[2]) == 0 || header[3] is 0 or > MaxDimensions)
            throw new BadDataException($"{path}: not an IDX file (its first four bytes are {Convert.ToHexString(header)}, not 0000, a type and a number of dimensions). Name the IDX file itself, raw or .gz.");
        long[] shape = ReadShape(stream, header[3], path);
        long bytes = SizeOf(header[2]);
        try
        {
            foreach (long size in shape) bytes = checked(bytes * size);
        }
        catch (OverflowException error)
        {
            throw new BadDataException($"{path}: the IDX header gives the impossible shape ({string.Join(", ", shape)}). The file is damaged: fetch it again.", error);
        }
        InputSize rest = available with { Bytes = available.Exact ? available.Bytes - 4 - 4 * shape.Length : available.Bytes };
        return new IdxFile(path, (IdxType)header[2], shape, InputFile.ReadExactly(stream, path, bytes, rest));
    }

    /// <summary>The values of an integer array.</summary>
    public int[] ToIntegers() => _type switch
    {
        IdxType.UnsignedByte => Array.ConvertAll(_data, value => (int)value),
        IdxType.SignedByte => Array.ConvertAll(_data, value => (int)(sbyte)value),
        IdxType.Int16 => ReadEach<int>(2, span => BinaryPrimitives.ReadInt16BigEndian(span)),
        IdxType.Int32 => ReadEach<int>(4, span => BinaryPrimitives.ReadInt32BigEndian(span)),
        _ => throw new BadDataException($"{Path}: holds {_type} values where integers are needed. Store labels as IDX ubyte or int32."),
    };

    /// <summary>The values as Float32, little-endian bytes; every value must be finite.</summary>
    public byte[] ToFloatBytes()
    {
        float[] values = _type switch
        {
            IdxType.Float32 => ReadEach<float>(4, span => BinaryPrimitives.ReadSingleBigEndian(span)),
            IdxType.Float64 => ReadEach<float>(8, span => (float)BinaryPrimitives.ReadDoubleBigEndian(span)),
            _ => Array.ConvertAll(ToIntegers(), value => (float)value),
        };
        FiniteCheck.Require(values, values.Length / Math.Max(1, (int)Shape[0]), Path);
        return MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
    }

    private T[] ReadEach<T>(int size, Func<ReadOnlySpan<byte>, T> read)
    {
        var values = new T[_data.Length / size];
        for (int i = 0; i < values.Length; i++) values[i] = read(_data.AsSpan(i * size, size));
        return values;
    }

    private static long[] ReadShape(Stream stream, int dimensions, string path)
    {
        Span<byte> sizes = stackalloc byte[4 * MaxDimensions];
        sizes = sizes[..(4 * dimensions)];
        if (stream.ReadAtLeast(sizes, sizes.Length, throwOnEndOfStream: false) < sizes.Length)
            throw new BadDataException($"{path}: ends inside the IDX header. The file is cut off: fetch it again.");
        var shape = new long[dimensions];
        for (int i = 0; i < dimensions; i++)
        {
            shape[i] = BinaryPrimitives.ReadUInt32BigEndian(sizes[(4 * i)..]);
            if (shape[i] == 0) throw new BadDataException($"{path}: dimension {i} of the IDX array is 0, so it holds no data. Name a file with records.");
        }
        return shape;
    }

    private static int SizeOf(byte type) => (IdxType)type switch
    {
        IdxType.UnsignedByte or IdxType.SignedByte => 1,
        IdxType.Int16 => 2,
        IdxType.Int32 or IdxType.Float32 => 4,
        IdxType.Float64 => 8,
        _ => 0,
    };
}

/// <summary>The third byte of an IDX file.</summary>
internal enum IdxType : byte
{
    None = 0,
    UnsignedByte = 0x08,
    SignedByte = 0x09,
    Int16 = 0x0B,
    Int32 = 0x0C,
    Float32 = 0x0D,
    Float64 = 0x0E,
}
