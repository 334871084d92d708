using System.Text.Json.Serialization;

namespace Lethe.Core.Records;

/// <summary>The person (or other owner) that records belong to, by the name the source gives.</summary>
/// <param name="Value">Compared ordinally.</param>
[JsonConverter(typeof(SubjectIdConverter))]
public readonly record struct SubjectId(string Value)
{
    /// <summary>The name itself.</summary>
    public override string ToString() => Value;
}
