using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lethe.Core.Errors;

namespace Lethe.Core.Store;

/// <summary>
/// The safetensors format (huggingface/safetensors): a 64-bit header length, a JSON header, raw little-endian data.
/// The same arrays and metadata always give the same bytes: names in ordinal order, no white space but the padding of
/// the header to 8 bytes, data laid out by element size (wide first) and then by name, so that every array is aligned.
/// </summary>
public static class Safetensors
{
    internal const string MetadataName = "__metadata__";
    internal const int LengthBytes = 8;
    private static readonly JsonWriterOptions s_writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The size of one element in bytes.</summary>
    public static int SizeOf(ElementType type) => type switch
    {
        ElementType.F64 or ElementType.I64 => 8,
        ElementType.F32 or ElementType.I32 => 4,
        ElementType.F16 or ElementType.BF16 or ElementType.I16 => 2,
        ElementType.I8 or ElementType.U8 or ElementType.BOOL => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "There is no such element type."),
    };

    /// <summary>The file as one array.</summary>
    /// <exception cref="ArgumentException">A name is reserved or repeated, or data and shape disagree.</exception>
    public static byte[] Write(IReadOnlyList<NamedArray> arrays, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var (header, order) = Header(arrays, metadata);
        var file = GC.AllocateUninitializedArray<byte>(checked(header.Length + arrays.Sum(array => array.Data.Length)));
        header.CopyTo(file, 0);
        var position = header.Length;
        foreach (var array in order)
        {
            array.Data.Span.CopyTo(file.AsSpan(position));
            position += array.Data.Length;
        }
        return file;
    }

    /// <summary>Writes the file to a stream.</summary>
    /// <inheritdoc cref="Write(IReadOnlyList{NamedArray}, IReadOnlyDictionary{string, string}?)"/>
    public static void Write(Stream stream, IReadOnlyList<NamedArray> arrays, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var (header, order) = Header(arrays, metadata);
        stream.Write(header);
        foreach (var array in order)
            stream.Write(array.Data.Span);
    }

    /// <summary>The arrays of a file by name in ordinal order. Their data are slices of <paramref name="file"/>, not copies.</summary>
    /// <exception cref="BadDataException">The file is no valid safetensors file.</exception>
    public static IReadOnlyList<NamedArray> Read(ReadOnlyMemory<byte> file)
    {
        var header = ParseHeader(file.Span);
        return [.. header.Entries.Values.Select(entry => new NamedArray(
            entry.Name, entry.Type, entry.Shape, file.Slice((int)(header.DataStart + entry.Begin), (int)entry.Length)))];
    }

    /// <summary>The metadata of a file; empty when it has none.</summary>
    /// <exception cref="BadDataException">The file is no valid safetensors file.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(ReadOnlyMemory<byte> file) => ParseHeader(file.Span).Metadata;

    private static SafetensorsHeader ParseHeader(ReadOnlySpan<byte> file)
    {
        var length = SafetensorsHeader.Length(file, file.Length, "safetensors data");
        return SafetensorsHeader.Parse(file.Slice(LengthBytes, length).ToArray(), file.Length, "safetensors data");
    }

    private static (byte[] Header, NamedArray[] Order) Header(IReadOnlyList<NamedArray> arrays, IReadOnlyDictionary<string, string>? metadata)
    {
        var order = arrays.OrderByDescending(array => SizeOf(array.Type)).ThenBy(array => array.Name, StringComparer.Ordinal).ToArray();
        var begins = new SortedDictionary<string, (long Begin, NamedArray Array)>(StringComparer.Ordinal);
        var position = 0L;
        foreach (var array in order)
        {
            Require(array, begins.ContainsKey(array.Name));
            begins.Add(array.Name, (position, array));
            position += array.Data.Length;
        }
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Advance(buffer.GetSpan(LengthBytes)[..LengthBytes].Length);
        using (var json = new Utf8JsonWriter(buffer, s_writing))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            foreach (var (name, (begin, array)) in begins)
                WriteEntry(json, name, array, begin);
            json.WriteEndObject();
        }
        var header = new byte[(buffer.WrittenCount + 7) / 8 * 8];
        header.AsSpan(buffer.WrittenCount).Fill((byte)' ');
        buffer.WrittenSpan.CopyTo(header);
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)(header.Length - LengthBytes));
        return (header, order);
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is not { Count: > 0 })
            return;
        json.WriteStartObject(MetadataName);
        foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, string name, NamedArray array, long begin)
    {
        json.WriteStartObject(name);
        json.WriteString("dtype", array.Type.ToString());
        json.WriteStartArray("shape");
        foreach (var size in array.Shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(begin);
        json.WriteNumberValue(begin + array.Data.Length);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Require(NamedArray array, bool repeated)
    {
        if (array.Name == MetadataName)
            throw new ArgumentException($"No array may be named {MetadataName}: the format reserves the name.");
        if (repeated)
            throw new ArgumentException($"Two arrays are named '{array.Name}': names must be unique.");
        if (SafetensorsHeader.ByteCount(array.Shape, array.Type) != array.Data.Length)
            throw new ArgumentException($"Array '{array.Name}' has {array.Data.Length} bytes, which shape [{string.Join(", ", array.Shape)}] of {array.Type} does not give.");
    }
}
