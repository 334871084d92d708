using System.Buffers.Binary;
using System.Text;
using Lethe.Core.Errors;

namespace Lethe.Training.Datasets;

/// <summary>Reads what is inside a matrix element of a MATLAB file: flags, dimensions, name, values.</summary>
/// <param name="stream">Positioned behind the matrix's tag.</param>
/// <param name="path">The file, for messages.</param>
/// <param name="available">The most bytes that the stream can yield.</param>
internal sealed class MatMatrixReader(Stream stream, string path, long available)
{
    private const int MaxDimensions = 8;
    private const int MaxName = 256;
    private const int FlagsBytes = 8;
    private const int FirstNumericClass = 6;
    private const int LastNumericClass = 15;
    private const int ComplexFlag = 0x08;

    /// <returns>Null when the array has none of the names; then the rest of it is left unread.</returns>
    public MatArray? Read(string[] names, out string name)
    {
        byte[] flags = Small(MatType.UInt32, FlagsBytes);
        byte[] dimensions = Small(MatType.Int32, MaxDimensions * sizeof(int));
        name = Encoding.Latin1.GetString(Small(MatType.Int8, MaxName));
        if (!names.Contains(name)) return null;
        string what = $"{path}: the array '{name}'";
        if (flags.Length != FlagsBytes || flags[0] is < FirstNumericClass or > LastNumericClass || (flags[1] & ComplexFlag) != 0)
            throw new BadDataException($"{what} is no array of real numbers. Save it as uint8 or double.");
        var shape = new long[dimensions.Length / sizeof(int)];
        for (int i = 0; i < shape.Length; i++) shape[i] = BinaryPrimitives.ReadInt32LittleEndian(dimensions.AsSpan(i * sizeof(int)));
        (MatType type, long size, byte[]? inline) = Tag();
        if (shape.Length < 2 || shape.Any(length => length < 1) || type.SizeInBytes() == 0 || !Fits(shape, type, size))
            throw new BadDataException($"{what} has the impossible shape ({string.Join(", ", shape)}) for {size:N0} bytes of type {(int)type}. The file is damaged: fetch it again.");
        if (size > InputFile.MaxBytes || size > available)
            throw new BadDataException($"{what} claims {size:N0} bytes, which the file cannot hold. The file is damaged: fetch it again.");
        byte[] data = inline ?? GC.AllocateUninitializedArray<byte>((int)size);
        if (inline is null)
        {
            stream.ReadExactly(data);
            Pad(size);
        }
        return new MatArray(what, type, shape, data);
    }

    private static bool Fits(long[] shape, MatType type, long size)
    {
        long values = size / type.SizeInBytes();
        long product = 1;
        foreach (long length in shape)
        {
            if (length > values / product) return false;
            product *= length;
        }
        return product * type.SizeInBytes() == size;
    }

    private byte[] Small(MatType expected, int limit)
    {
        (MatType type, long size, byte[]? inline) = Tag();
        if (type != expected || size > limit)
            throw new BadDataException($"{path}: an array's header has an element of type {(int)type} with {size:N0} bytes where {expected} is due. The file is damaged: fetch it again.");
        if (inline is not null) return inline;
        var data = new byte[size];
        stream.ReadExactly(data);
        Pad(size);
        return data;
    }

    /// <summary>Type and size; up to 4 bytes of data may lie in the tag itself.</summary>
    private (MatType Type, long Size, byte[]? Inline) Tag()
    {
        Span<byte> tag = stackalloc byte[8];
        stream.ReadExactly(tag);
        uint first = BinaryPrimitives.ReadUInt32LittleEndian(tag);
        int inline = (int)(first >> 16);
        if (inline == 0) return ((MatType)first, BinaryPrimitives.ReadUInt32LittleEndian(tag[4..]), null);
        if (inline > 4) throw new BadDataException($"{path}: an array's header claims {inline} bytes where 4 fit. The file is damaged: fetch it again.");
        return ((MatType)(first & 0xffff), inline, tag.Slice(4, inline).ToArray());
    }

    /// <summary>Elements end at multiples of 8 bytes.</summary>
    private void Pad(long size)
    {
        Span<byte> padding = stackalloc byte[8];
        stream.ReadExactly(padding[..(int)(-size & 7)]);
    }
}
