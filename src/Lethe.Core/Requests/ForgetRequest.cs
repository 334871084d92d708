using System.Text.Json.Serialization;
using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Core.Store;

namespace Lethe.Core.Requests;

/// <summary>A request to forget records, resolved against one data set. Build it with <see cref="Create"/>.</summary>
public sealed record ForgetRequest
{
    /// <summary>The identifier, unique in a run.</summary>
    public required string Id { get; init; }

    /// <summary>What the requester named.</summary>
    public required Selection Selection { get; init; }

    /// <summary>The records meant: ascending, distinct, at least one.</summary>
    public required IReadOnlyList<RecordId> Records { get; init; }

    /// <summary>When the request arrived.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>By when it must be served, if there is such a date.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>Why, in the requester's words.</summary>
    public string? Reason { get; init; }

    /// <summary>Builds a request from records in any order; repeated records count once.</summary>
    /// <exception cref="BadDataException">There is no record, or a record number is negative.</exception>
    public static ForgetRequest Create(
        string id, Selection selection, IEnumerable<RecordId> records, DateTimeOffset receivedAt, DateTimeOffset? due = null, string? reason = null)
    {
        var request = new ForgetRequest
        {
            Id = id,
            Selection = selection,
            Records = [.. records.Distinct().Order()],
            ReceivedAt = receivedAt,
            Due = due,
            Reason = reason,
        };
        request.Validate();
        return request;
    }

    /// <summary>Checks that the identifier is not blank and that the records are ascending, distinct and at least one.</summary>
    /// <exception cref="BadDataException">One of these does not hold.</exception>
    public void Validate()
    {
        if (string.IsNullOrWhiteSpace(Id))
            throw new BadDataException("The forget request has no identifier: give it one.");
        if (Records.Count == 0)
            throw new BadDataException($"The selection ({Selection.Describe()}) holds no record, so there is nothing to forget: check it with `lethe plan`.");
        for (var i = 0; i < Records.Count; i++)
        {
            if (Records[i].Value < 0 || (i > 0 && Records[i] <= Records[i - 1]))
                throw new BadDataException($"Forget request {Id}: the records must be ascending, distinct and not negative, but number {i} is {Records[i]}.");
        }
    }

    /// <summary>Whether the request names people or holds a predicate over their data.</summary>
    [JsonIgnore]
    public bool NamesPeople => Selection is Selection.BySubjects or Selection.ByPredicate;

    /// <summary>What may be kept once it is served: record numbers, times and the reason, but no subject's name and no predicate.</summary>
    public ForgetRequest WithoutNames() => Selection switch
    {
        Selection.BySubjects => this with { Selection = new Selection.Withheld("subjects") },
        Selection.ByPredicate => this with { Selection = new Selection.Withheld("where") },
        _ => this,
    };

    /// <summary>The canonical JSON of the request.</summary>
    public string ToJson() => CanonicalJson.Serialize(this);

    /// <summary>Reads a request and checks it.</summary>
    /// <exception cref="BadDataException">The text is no valid request.</exception>
    public static ForgetRequest FromJson(string json)
    {
        var request = CanonicalJson.Deserialize<ForgetRequest>(json);
        request.Validate();
        return request;
    }
}
