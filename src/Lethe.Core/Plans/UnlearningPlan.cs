using System.Text.Json.Serialization;
using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Core.Store;

namespace Lethe.Core.Plans;

/// <summary>How one method would serve one request, priced before anything runs.</summary>
public sealed record UnlearningPlan
{
    /// <summary>The method's name in the catalog.</summary>
    public required string Method { get; init; }

    /// <summary>The request that the plan serves.</summary>
    public required string RequestId { get; init; }

    /// <summary>The steps in order; empty when the method refuses.</summary>
    public required IReadOnlyList<PlanStep> Steps { get; init; }

    /// <summary>What the plan costs.</summary>
    public required CostEstimate Estimate { get; init; }

    /// <summary>What retraining from scratch without the records costs.</summary>
    public required CostEstimate Retraining { get; init; }

    /// <summary>What the method promises.</summary>
    public required Guarantee Guarantee { get; init; }

    /// <summary>Why the method cannot serve the request and which methods can; null when it can.</summary>
    public string? Refusal { get; init; }

    /// <summary>The first block that is touched (1 … B), or null.</summary>
    public int? FirstBlock { get; init; }

    /// <summary>The last block that holds a record of the request (1 … B), or null.</summary>
    public int? LastBlock { get; init; }

    /// <summary>The method's options as text, by option name.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>The digest of the canonical JSON.</summary>
    [JsonIgnore]
    public Digest Digest => Digest.OfText(ToJson());

    /// <summary>The canonical JSON of the plan.</summary>
    public string ToJson() => CanonicalJson.Serialize(this);

    /// <summary>Reads a plan.</summary>
    /// <exception cref="BadDataException">The text is no valid plan.</exception>
    public static UnlearningPlan FromJson(string json)
    {
        var plan = CanonicalJson.Deserialize<UnlearningPlan>(json);
        return plan.Steps.Contains(null!) ? throw new BadDataException($"The plan for request {plan.RequestId} has an empty step: make it again with `lethe plan`.") : plan;
    }
}
