using System.Text.Json.Serialization;
using Lethe.Core.Records;

namespace Lethe.Core.Requests;

/// <summary>What a request names, as the requester put it, before it is resolved to records.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ByRecords), "records")]
[JsonDerivedType(typeof(BySubjects), "subjects")]
[JsonDerivedType(typeof(ByClasses), "classes")]
[JsonDerivedType(typeof(ByPredicate), "where")]
[JsonDerivedType(typeof(Withheld), "withheld")]
public abstract record Selection
{
    private const int NamesShown = 5;

    private Selection()
    {
    }

    /// <summary>One line for people, such as "3 records: 4, 17, 23".</summary>
    public abstract string Describe();

    /// <summary>Records by number.</summary>
    /// <param name="Records">In any order.</param>
    public sealed record ByRecords(IReadOnlyList<RecordId> Records) : Selection
    {
        /// <inheritdoc/>
        public override string Describe() => List(Records, "record", "records");
    }

    /// <summary>All records of subjects.</summary>
    /// <param name="Subjects">In any order.</param>
    public sealed record BySubjects(IReadOnlyList<SubjectId> Subjects) : Selection
    {
        /// <inheritdoc/>
        public override string Describe() => List(Subjects, "subject", "subjects");
    }

    /// <summary>All records of classes.</summary>
    /// <param name="Classes">Label numbers.</param>
    public sealed record ByClasses(IReadOnlyList<int> Classes) : Selection
    {
        /// <inheritdoc/>
        public override string Describe() => List(Classes, "class", "classes");
    }

    /// <summary>The records for which an SQL predicate over the metadata columns holds.</summary>
    /// <param name="Sql">The text behind WHERE.</param>
    public sealed record ByPredicate(string Sql) : Selection
    {
        /// <inheritdoc/>
        public override string Describe() => $"records where {Sql}";
    }

    /// <summary>A served request that named people or a predicate: only the manner of naming is left.</summary>
    /// <param name="By">subjects or where.</param>
    public sealed record Withheld(string By) : Selection
    {
        /// <inheritdoc/>
        public override string Describe() => $"records that were named by {By}; the names were removed when the request was served";
    }

    private static string List<T>(IReadOnlyList<T> items, string one, string many)
    {
        if (items.Count == 0)
            return $"no {many}";
        var shown = string.Join(", ", items.Take(NamesShown));
        var rest = items.Count > NamesShown ? ", …" : "";
        return $"{items.Count} {(items.Count == 1 ? one : many)}: {shown}{rest}";
    }
}
