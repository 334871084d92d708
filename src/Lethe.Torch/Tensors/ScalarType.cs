namespace Lethe.Torch;

/// <summary>Element types of tensors; the values are libtorch's.</summary>
public enum ScalarType
{
    /// <summary>Unsigned 8-bit integer.</summary>
    Byte = 0,
    /// <summary>Signed 8-bit integer.</summary>
    Int8 = 1,
    /// <summary>Signed 16-bit integer.</summary>
    Int16 = 2,
    /// <summary>Signed 32-bit integer.</summary>
    Int32 = 3,
    /// <summary>Signed 64-bit integer.</summary>
    Int64 = 4,
    /// <summary>IEEE half precision.</summary>
    Float16 = 5,
    /// <summary>IEEE single precision.</summary>
    Float32 = 6,
    /// <summary>IEEE double precision.</summary>
    Float64 = 7,
    /// <summary>Truth value, one byte.</summary>
    Bool = 11,
    /// <summary>Single precision's range with 8 bits of precision.</summary>
    BFloat16 = 15,
}

/// <summary>How the elements of a four-dimensional tensor lie in memory.</summary>
public enum MemoryFormat
{
    /// <summary>The last dimension is adjacent: (N, C, H, W) as written.</summary>
    Contiguous = 0,
    /// <summary>The channels are adjacent: (N, H, W, C) in memory under an (N, C, H, W) shape.</summary>
    ChannelsLast = 2,
}

internal static class ScalarTypes
{
    internal static int Size(this ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 => 4,
        ScalarType.Int64 or ScalarType.Float64 => 8,
        _ => throw new TorchException($"Element type {type} is not supported."),
    };

    internal static ScalarType Of<T>() where T : unmanaged =>
        typeof(T) == typeof(float) ? ScalarType.Float32
        : typeof(T) == typeof(double) ? ScalarType.Float64
        : typeof(T) == typeof(long) ? ScalarType.Int64
        : typeof(T) == typeof(int) ? ScalarType.Int32
        : typeof(T) == typeof(short) ? ScalarType.Int16
        : typeof(T) == typeof(sbyte) ? ScalarType.Int8
        : typeof(T) == typeof(byte) ? ScalarType.Byte
        : typeof(T) == typeof(bool) ? ScalarType.Bool
        : typeof(T) == typeof(Half) ? ScalarType.Float16
        : throw new TorchException($"A tensor cannot hold elements of type {typeof(T).Name}.");
}
