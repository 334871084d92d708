namespace Lethe.Reports;

/// <summary>Everything a report page shows: plain figures without any tensor, run or method behind them.</summary>
public sealed record ForgettingReport
{
    /// <summary>The version of the form of <c>report.json</c>.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>The outcome in one sentence of plain words.</summary>
    public required string Headline { get; init; }

    /// <summary>Paragraphs below the headline.</summary>
    public IReadOnlyList<string> Summary { get; init; } = [];

    /// <summary>The data, the model, the recipe and the machine.</summary>
    public IReadOnlyList<Fact> Setting { get; init; } = [];

    /// <summary>One section for each forget request.</summary>
    public required IReadOnlyList<RequestSection> Requests { get; init; }

    /// <summary>What the model still holds of each block, against the block's age.</summary>
    public MemoryCurve? MemoryCurve { get; init; }

    /// <summary>Limits and caveats that a reader must know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>When the figures were taken, in ISO 8601.</summary>
    public string? CreatedAt { get; init; }
}

/// <summary>A name with a value.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">Its value, ready to print.</param>
public sealed record Fact(string Name, string Value);

/// <summary>Loss of each block's records under the final model, against the loss of unseen records.</summary>
/// <param name="TestLoss">Mean loss on unseen records, in nats.</param>
/// <param name="BlockLosses">Mean loss of the records of block 1…B, in nats; NaN for a block without records.</param>
public sealed record MemoryCurve(double TestLoss, IReadOnlyList<double> BlockLosses)
{
    /// <summary>AUC of an attack on the loss for block 1…B, 0.5 is chance; NaN where it could not be run, empty where it was not.</summary>
    public IReadOnlyList<double> BlockAucs { get; init; } = [];

    /// <summary>The largest AUC of block 1…B that chance explains, at the level that <see cref="NothingLeftFrom"/> rests on; empty where no attack was run.</summary>
    public IReadOnlyList<double> ChanceAucs { get; init; } = [];

    /// <summary>The age from which on no memory can be shown; null: even the oldest block is remembered, or nothing was tested.</summary>
    public int? NothingLeftFrom { get; init; }

    /// <summary>The AUC of all blocks from that age on that would have been found in four of five cases.</summary>
    public double? DetectableAuc { get; init; }

    /// <summary>The same in words.</summary>
    public string? Explanation { get; init; }
}
