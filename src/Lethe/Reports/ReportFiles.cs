using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lethe.Reports;

/// <summary>The two files of a report and the JSON form of its figures.</summary>
public static class ReportFiles
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>The report's figures as JSON, without pictures.</summary>
    /// <param name="report">The figures.</param>
    public static string ToJson(ForgettingReport report) => JsonSerializer.Serialize(report, Options) + "\n";

    /// <summary>A verification's figures as JSON, without pictures.</summary>
    internal static string ToJson(VerificationReport report) => JsonSerializer.Serialize(report, Options) + "\n";

    /// <summary>Reads what <see cref="ToJson(ForgettingReport)"/> wrote.</summary>
    /// <param name="json">The JSON text.</param>
    /// <exception cref="JsonException">The text is no report.</exception>
    public static ForgettingReport FromJson(string json) =>
        JsonSerializer.Deserialize<ForgettingReport>(json, Options) ?? throw new JsonException("The report is null.");
}
