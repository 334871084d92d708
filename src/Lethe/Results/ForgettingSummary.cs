using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Methods;
using Lethe.Reports;

namespace Lethe;

/// <summary>What a forget request did.</summary>
public sealed record ForgettingSummary
{
    /// <summary>The run directory.</summary>
    public required string Run { get; init; }

    /// <summary>The request's identifier.</summary>
    public required string Request { get; init; }

    /// <summary>Whether the model without the records is served, or waits.</summary>
    public required RequestState State { get; init; }

    /// <summary>Why it waits, one reason a line; empty when it is served.</summary>
    public IReadOnlyList<string> Waits { get; init; } = [];

    /// <summary>Whether a quick check or its verdict speaks against it: exit code 5 of the command.</summary>
    public bool CheckFailed { get; init; }

    /// <summary>What to know for the decision on it; null where it is served or a check failed.</summary>
    public string? Advice { get; init; }

    /// <summary>What allowed it to be served, in words; null while it waits.</summary>
    public string? Promotion { get; init; }

    /// <summary>The outcome in one sentence.</summary>
    public required string Headline { get; init; }

    /// <summary>Why the method stopped where it did.</summary>
    public string? Decision { get; init; }

    /// <summary>The method.</summary>
    public required string Method { get; init; }

    /// <summary>What was set of its options, as on the command line, for example <c>--stop fit</c>; empty: the defaults.</summary>
    public string Settings { get; init; } = "";

    /// <summary>What must not be overlooked: damage, or no sign of forgetting.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>How many processes retrained shards at the same time.</summary>
    public int Processes { get; init; } = 1;

    /// <summary>What it guarantees.</summary>
    public required Guarantee Guarantee { get; init; }

    /// <summary>How many records were forgotten.</summary>
    public required int Records { get; init; }

    /// <summary>How many people they belonged to, where the data names them.</summary>
    public int? Subjects { get; init; }

    /// <summary>The real cost, without measuring.</summary>
    public required CostAccount Cost { get; init; }

    /// <summary>What the other ways would have cost; the first entry is this request.</summary>
    public required IReadOnlyList<CostBar> Costs { get; init; }

    /// <summary>The aggregate measures before and after.</summary>
    public IReadOnlyList<Comparison> Measures { get; init; } = [];

    /// <summary>What the canaries of forgotten people say, one entry a person; empty where none of them had one.</summary>
    public IReadOnlyList<CanaryResult> Canaries { get; init; } = [];

    /// <summary>Whether canaries tested the deletion, and if not, why not; null in a run without canaries.</summary>
    public string? CanaryStanding { get; init; }

    /// <summary>What the method itself tells.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The model before, of which nothing is left.</summary>
    public required Digest Before { get; init; }

    /// <summary>The model after.</summary>
    public required Digest After { get; init; }

    /// <summary>How many stored objects were destroyed because they still knew the records.</summary>
    public required int ObjectsDestroyed { get; init; }

    /// <summary>How many cached gold models were destroyed for the same reason.</summary>
    public required int GoldModelsDestroyed { get; init; }

    /// <summary>The stored report page.</summary>
    public required string Report { get; init; }
}
