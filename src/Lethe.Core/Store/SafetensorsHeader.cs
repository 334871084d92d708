using System.Buffers.Binary;
using System.Text.Json;
using Lethe.Core.Errors;

namespace Lethe.Core.Store;

/// <summary>One array in a safetensors header; offsets count from the end of the header.</summary>
internal sealed record SafetensorsEntry(string Name, ElementType Type, IReadOnlyList<long> Shape, long Begin, long End)
{
    public long Length => End - Begin;
}

/// <summary>A checked safetensors header. It trusts nothing: a file that passes can be read without further checks.</summary>
internal sealed record SafetensorsHeader(
    long DataStart, SortedDictionary<string, SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>The reference implementation's own limit.</summary>
    private const long LargestHeader = 100_000_000;

    private static readonly JsonDocumentOptions s_reading = new() { AllowDuplicateProperties = false };

    /// <summary>The header's length from the first eight bytes of a file of the given size.</summary>
    public static int Length(ReadOnlySpan<byte> start, long fileLength, string source)
    {
        if (start.Length < Safetensors.LengthBytes)
            throw Bad(source, $"it has {fileLength} bytes, too few for a header");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        if (length > (ulong)(fileLength - Safetensors.LengthBytes))
            throw Bad(source, $"its header claims {length} bytes, more than the file holds");
        if (length > LargestHeader)
            throw Bad(source, $"its header claims {length} bytes, above the limit of {LargestHeader}");
        return (int)length;
    }

    /// <summary>Reads the JSON header (without its length) of a file of the given size.</summary>
    public static SafetensorsHeader Parse(ReadOnlyMemory<byte> json, long fileLength, string source)
    {
        if (json.IsEmpty || json.Span[0] != (byte)'{')
            throw Bad(source, "its header is no JSON object");
        try
        {
            using var document = JsonDocument.Parse(json, s_reading);
            return Checked(document.RootElement, Safetensors.LengthBytes + json.Length, fileLength, source);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw Bad(source, $"its header is no valid JSON ({error.Message})", error);
        }
    }

    /// <summary>Shape × element size, or −1 when a dimension is negative or the product exceeds 63 bits.</summary>
    public static long ByteCount(IReadOnlyList<long> shape, ElementType type)
    {
        long bytes = Safetensors.SizeOf(type);
        foreach (var size in shape)
        {
            if (size < 0)
                return -1;
            var product = Math.BigMul(bytes, size, out var low);
            if (product != 0 || low < 0)
                return -1;
            bytes = low;
        }
        return bytes;
    }

    private static SafetensorsHeader Checked(JsonElement root, long dataStart, long fileLength, string source)
    {
        var entries = new SortedDictionary<string, SafetensorsEntry>(StringComparer.Ordinal);
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in root.EnumerateObject())
        {
            if (property.Name == Safetensors.MetadataName)
                ReadMetadata(property.Value, metadata, source);
            else
                entries.Add(property.Name, ReadEntry(property.Name, property.Value, source));
        }
        RequireGapless(entries.Values, fileLength - dataStart, source);
        return new(dataStart, entries, metadata);
    }

    private static void ReadMetadata(JsonElement value, SortedDictionary<string, string> metadata, string source)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw Bad(source, $"{Safetensors.MetadataName} is no JSON object");
        foreach (var pair in value.EnumerateObject())
        {
            metadata[pair.Name] = pair.Value.ValueKind == JsonValueKind.String
                ? pair.Value.GetString()!
                : throw Bad(source, $"metadata '{pair.Name}' is no string");
        }
    }

    private static SafetensorsEntry ReadEntry(string name, JsonElement value, string source)
    {
        if (value.ValueKind != JsonValueKind.Object
            || !value.TryGetProperty("dtype", out var dtype) || !value.TryGetProperty("shape", out var shape)
            || !value.TryGetProperty("data_offsets", out var offsets) || value.GetPropertyCount() != 3)
            throw Bad(source, $"array '{name}' must have exactly dtype, shape and data_offsets");
        if (dtype.ValueKind != JsonValueKind.String || !TryType(dtype.GetString()!, out var type))
            throw Bad(source, $"array '{name}' has the element type {dtype.GetRawText()}, which Lethe does not know");
        var sizes = Integers(shape, name, "shape", source);
        var range = Integers(offsets, name, "data_offsets", source);
        if (range.Length != 2 || range[0] > range[1])
            throw Bad(source, $"array '{name}' has data_offsets that are no range");
        if (ByteCount(sizes, type) is var bytes && bytes != range[1] - range[0])
            throw Bad(source, $"array '{name}' has {range[1] - range[0]} bytes, which shape [{string.Join(", ", sizes)}] of {type} does not give");
        return new(name, type, sizes, range[0], range[1]);
    }

    private static bool TryType(string text, out ElementType type)
    {
        foreach (var candidate in Enum.GetValues<ElementType>())
        {
            if (candidate.ToString() == text)
            {
                type = candidate;
                return true;
            }
        }
        type = default;
        return false;
    }

    private static long[] Integers(JsonElement value, string name, string member, string source)
    {
        if (value.ValueKind != JsonValueKind.Array)
            throw Bad(source, $"array '{name}': {member} is no list");
        var numbers = new long[value.GetArrayLength()];
        var i = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out numbers[i]) || numbers[i++] < 0)
                throw Bad(source, $"array '{name}': {member} holds {item.GetRawText()}, which is no integer from 0 to 2^63 − 1");
        }
        return numbers;
    }

    private static void RequireGapless(IEnumerable<SafetensorsEntry> entries, long dataLength, string source)
    {
        var position = 0L;
        foreach (var entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.End > dataLength)
                throw Bad(source, $"array '{entry.Name}' ends at byte {entry.End} of {dataLength} data bytes");
            if (entry.Begin != position)
                throw Bad(source, $"array '{entry.Name}' begins at byte {entry.Begin} where {position} is due: arrays must neither overlap nor leave holes");
            position = entry.End;
        }
        if (position != dataLength)
            throw Bad(source, $"{dataLength - position} bytes at its end belong to no array");
    }

    private static BadDataException Bad(string source, string what, Exception? inner = null) =>
        new($"{source} is no valid safetensors file: {what}. Get an undamaged copy or write it again.", inner);
}
