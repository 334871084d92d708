using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Lethe.Core.Errors;

namespace Lethe.Core.Store;

/// <summary>
/// JSON whose text is a function of the value: camel-case names in ordinal order, no white space, nulls written,
/// enums as kebab-case strings, NaN and infinities as strings. So its digest is an identity.
/// </summary>
public static class CanonicalJson
{
    private static readonly JavaScriptEncoder s_encoder = JavaScriptEncoder.Create(UnicodeRanges.All);

    /// <summary>The serializer settings behind both directions, for callers that need a <see cref="JsonElement"/>.</summary>
    public static JsonSerializerOptions Options { get; } = CreateOptions();

    /// <summary>The canonical text of a value.</summary>
    public static string Serialize<T>(T value) => Encoding.UTF8.GetString(Write(value, indented: false));

    /// <summary>The canonical text as UTF-8 bytes.</summary>
    public static byte[] SerializeToUtf8<T>(T value) => Write(value, indented: false);

    /// <summary>The same value and order with two-space indents and a final line feed, for files that people read.</summary>
    public static string SerializeIndented<T>(T value) => Encoding.UTF8.GetString(Write(value, indented: true)) + "\n";

    /// <summary>Reads any JSON text of the type, canonical or not. Unknown, duplicate and missing members are errors.</summary>
    /// <exception cref="BadDataException">The text is not JSON or does not fit the type.</exception>
    public static T Deserialize<T>(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException("The JSON text is null.");
        }
        catch (Exception error) when (error is JsonException or NotSupportedException or ArgumentException)
        {
            throw new BadDataException($"This is no valid {typeof(T).Name} in JSON: {error.Message} Restore the file from a backup or write it again.", error);
        }
    }

    private static byte[] Write<T>(T value, bool indented)
    {
        var element = JsonSerializer.SerializeToElement(value, Options);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = s_encoder, Indented = indented, NewLine = "\n" }))
            WriteSorted(writer, element);
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteSorted(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in element.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(property.Name);
                    WriteSorted(writer, property.Value);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                    WriteSorted(writer, item);
                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
            AllowOutOfOrderMetadataProperties = true,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            Encoder = s_encoder,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
