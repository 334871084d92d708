using System.Buffers.Binary;
using Lethe.Core.Errors;

namespace Lethe.Training.Datasets;

/// <summary>A numeric array of a MATLAB file, in column-major order: the first index varies fastest.</summary>
internal sealed record MatArray(string What, MatType Type, IReadOnlyList<long> Shape, byte[] Data)
{
    /// <summary>The values, which must be whole numbers.</summary>
    public int[] ToIntegers()
    {
        int size = Type.SizeInBytes();
        var values = new int[Data.Length / size];
        for (int i = 0; i < values.Length; i++)
        {
            double value = Value(Data.AsSpan(i * size, size));
            values[i] = value == Math.Floor(value) && Math.Abs(value) <= int.MaxValue
                ? (int)value
                : throw new BadDataException($"{What}: value {i} is {value}, not a whole number. Check that this is the array of labels.");
        }
        return values;
    }

    private double Value(ReadOnlySpan<byte> bytes) => Type switch
    {
        MatType.Int8 => (sbyte)bytes[0],
        MatType.UInt8 => bytes[0],
        MatType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        MatType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        MatType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        MatType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        MatType.Single => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        _ => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
    };
}

/// <summary>The types of data elements in a MATLAB level-5 file that are read.</summary>
internal enum MatType
{
    None = 0,
    Int8 = 1,
    UInt8 = 2,
    Int16 = 3,
    UInt16 = 4,
    Int32 = 5,
    UInt32 = 6,
    Single = 7,
    Double = 9,
    Matrix = 14,
    Compressed = 15,
}

internal static class MatTypes
{
    /// <summary>Bytes of one value; 0 for what is no numeric type.</summary>
    public static int SizeInBytes(this MatType type) => type switch
    {
        MatType.Int8 or MatType.UInt8 => 1,
        MatType.Int16 or MatType.UInt16 => 2,
        MatType.Int32 or MatType.UInt32 or MatType.Single => 4,
        MatType.Double => 8,
        _ => 0,
    };
}
