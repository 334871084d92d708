using System.Text.Json.Serialization;

namespace Lethe.Operations;

/// <summary>What stays together when the records of a request are divided among shadow models.</summary>
public enum ShadowUnit
{
    /// <summary>Nothing: record by record.</summary>
    Records,

    /// <summary>All records of a person.</summary>
    Subjects,

    /// <summary>Nothing, and the part that a shadow learned is forgotten as whole classes, as the request does.</summary>
    Classes,
}

/// <summary>A way to make shadow models forget.</summary>
/// <param name="Name">A name of <see cref="LetheEngine.Methods"/>.</param>
/// <param name="Options">Its options by name; what is left out keeps its default.</param>
public sealed record ShadowMethod(string Name, IReadOnlyDictionary<string, string> Options);

/// <summary>One shadow model: trained like the run with another seed and without some records, then made to forget by each of some methods.</summary>
public sealed record ShadowJob
{
    /// <summary>Its training seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Records that it never sees, ascending.</summary>
    public required IReadOnlyList<int> Excluded { get; init; }

    /// <summary>Records that it learns and then forgets, ascending; none: there is nothing to forget.</summary>
    public IReadOnlyList<int> Forgotten { get; init; } = [];

    /// <summary>How the request names them.</summary>
    public ShadowUnit Unit { get; init; }

    /// <summary>Methods that make it forget, each from the same trained model.</summary>
    public IReadOnlyList<ShadowMethod> Methods { get; init; } = [];

    /// <summary>The methods that have something to do.</summary>
    [JsonIgnore]
    internal IReadOnlyList<ShadowMethod> Forgettings => Forgotten.Count == 0 ? [] : Methods;
}
