using Lethe.Core.Plans;

namespace Lethe;

/// <summary>What each method would take to forget the same records.</summary>
public sealed record PlanComparison
{
    /// <summary>The selection in words.</summary>
    public required string Selection { get; init; }

    /// <summary>How many records it holds that the run has not forgotten yet.</summary>
    public required int Records { get; init; }

    /// <summary>How many people they belong to, where the data names them.</summary>
    public int? Subjects { get; init; }

    /// <summary>The blocks that hold these records; of a SISA run its slices, counted through all shards.</summary>
    public required IReadOnlyList<int> Blocks { get; init; }

    /// <summary>The number of blocks of the run.</summary>
    public required int BlockCount { get; init; }

    /// <summary>The shards of a SISA run that hold these records; null for other runs.</summary>
    public IReadOnlyList<int>? Shards { get; init; }

    /// <summary>The number of shards of a SISA run; null for other runs.</summary>
    public int? ShardCount { get; init; }

    /// <summary>The method that serves the request unless another is asked for.</summary>
    public required string DefaultMethod { get; init; }

    /// <summary>What retraining from scratch takes; null for an imported model, whose training is unknown.</summary>
    public required CostEstimate? Retraining { get; init; }

    /// <summary>One plan a method: first those that can serve the request, by guarantee and then price, then the refusals in the catalog's order.</summary>
    public required IReadOnlyList<UnlearningPlan> Plans { get; init; }

    /// <summary>What about the run itself makes these plans worse than they could be.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
