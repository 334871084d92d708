using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lethe.Core.Records;

internal sealed class RecordIdConverter : JsonConverter<RecordId>
{
    public override RecordId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out var value) || value < 0)
            throw new JsonException("A record number must be an integer from 0 to 2147483647.");
        return new(value);
    }

    public override void Write(Utf8JsonWriter writer, RecordId value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.Value);
}

internal sealed class SubjectIdConverter : JsonConverter<SubjectId>
{
    public override SubjectId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException("A subject must be a string."));

    public override void Write(Utf8JsonWriter writer, SubjectId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);

    public override SubjectId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString()!);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, SubjectId value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Value);
}

internal sealed class DigestConverter : JsonConverter<Digest>
{
    public override Digest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Parsed(reader.TokenType == JsonTokenType.String ? reader.GetString() : null);

    public override void Write(Utf8JsonWriter writer, Digest value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());

    public override Digest ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Parsed(reader.GetString());

    public override void WriteAsPropertyName(Utf8JsonWriter writer, Digest value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.ToString());

    private static Digest Parsed(string? text) =>
        Digest.TryParse(text, out var digest) ? digest : throw new JsonException("A digest must be 64 hexadecimal digits.");
}
