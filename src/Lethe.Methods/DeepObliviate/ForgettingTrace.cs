namespace Lethe.Methods.DeepObliviate;

/// <summary>Everything that a forget decided on: the residual-memory curve, the tests, the stops.</summary>
public sealed record ForgettingTrace
{
    /// <summary>The options in force.</summary>
    public required StopOptions Options { get; init; }

    /// <summary>Whether gaps between deleted blocks were stitched over.</summary>
    public required bool Jump { get; init; }

    /// <summary>d: the first block that holds a record of the request.</summary>
    public required int FirstBlock { get; init; }

    /// <summary>e: the last block that holds a record of the request.</summary>
    public required int LastDeletedBlock { get; init; }

    /// <summary>B: number of blocks of the run.</summary>
    public required int BlockCount { get; init; }

    /// <summary>One point a retrained block, in order.</summary>
    public required IReadOnlyList<TracePoint> Points { get; init; }

    /// <summary>Where retraining ended and was stitched to the stored run; the last entry is the final one. Empty: never.</summary>
    public required IReadOnlyList<Stitch> Stitches { get; init; }

    /// <summary>One sentence: where it stopped, why, and whether the minimum count decided.</summary>
    public required string Decision { get; init; }
}

/// <summary>One retrained block.</summary>
/// <param name="Block">Its number k.</param>
/// <param name="DeletedRecords">How many records of this request it held.</param>
/// <param name="Delta">Δ_k = ‖(P_k − P_(k−1)) − (P'_k − P'_(k−1))‖₁ over trainable parameters, in double precision.</param>
/// <param name="UpdateNorm">‖P_k − P_(k−1)‖₁ of the stored run, for scale.</param>
/// <param name="DeltaByLayer">Δ_k split by parameter name.</param>
/// <param name="Reading">The stop tests; null where no test is due (before the last deleted block of a contiguous forget).</param>
public sealed record TracePoint(
    int Block, int DeletedRecords, double Delta, double UpdateNorm, IReadOnlyDictionary<string, double> DeltaByLayer, StopReading? Reading);

/// <summary>A stitch: blocks after <paramref name="Block"/> up to <paramref name="Through"/> keep their stored update and move by one δ.</summary>
/// <param name="Block">s: the last retrained block.</param>
/// <param name="Through">Last block that moves by this δ: B, or the block before the next deleted one.</param>
/// <param name="DisplacementNorm">‖δ‖₁ = ‖P'_s − P_s‖₁ over trainable parameters.</param>
/// <param name="DecidedByMinimum">The minimum block count decided.</param>
public sealed record Stitch(int Block, int Through, double DisplacementNorm, bool DecidedByMinimum);
