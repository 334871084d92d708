namespace Lethe;

/// <summary>How to forget.</summary>
public sealed record ForgettingOptions
{
    /// <summary>deep-obliviate, retrain or fine-tune.</summary>
    public string Method { get; init; } = "deep-obliviate";

    /// <summary>DeepObliviate's stop rule: dfa, fit or floor; null for its default.</summary>
    public string? Stop { get; init; }

    /// <summary>DeepObliviate: the slope at which dfa and fit stop, relative to the first residual; null for the rule's default.</summary>
    public double? Epsilon { get; init; }

    /// <summary>DeepObliviate: whether <see cref="Epsilon"/> is absolute instead of relative to the first residual.</summary>
    public bool RawEpsilon { get; init; }

    /// <summary>DeepObliviate: floor stops when the residual memory is at most this many noise floors; null for the default, 1.</summary>
    public double? FloorFactor { get; init; }

    /// <summary>DeepObliviate: how many blocks in a row the stop rule must hold; null for the default, 1.</summary>
    public int? Patience { get; init; }

    /// <summary>DeepObliviate: the least number of blocks to retrain; null for the rule's default.</summary>
    public int? MinimumBlocks { get; init; }

    /// <summary>DeepObliviate: stop and stitch also between distant blocks.</summary>
    public bool Jump { get; init; }

    /// <summary>Retrain: begin at the initial model instead of the last checkpoint that never saw the records. The bits are the same.</summary>
    public bool FromScratch { get; init; }

    /// <summary>Fine-tune: the learning rate; null for a tenth of the recipe's.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Fine-tune: passes over the retained records; null for the default.</summary>
    public int? Epochs { get; init; }

    /// <summary>Why the records are forgotten, stored with the request.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether to measure the model before and after, as aggregates.</summary>
    public bool Measure { get; init; } = true;

    /// <summary>Whether to go on although this process computes other bits than the one that trained the run.</summary>
    public bool ForceProfile { get; init; }

    /// <summary>Whether the stored report shows some of the forgotten records. The report is personal data then.</summary>
    public bool Pictures { get; init; }
}
