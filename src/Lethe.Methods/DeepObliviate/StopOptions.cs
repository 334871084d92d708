using Lethe.Core.Errors;

namespace Lethe.Methods.DeepObliviate;

/// <summary>What ends the retraining before the last block.</summary>
public enum StopMode
{
    /// <summary>Δ is no larger than what another batch order alone would cause, and than a share of the update itself (ours).</summary>
    Floor,

    /// <summary>The slope of a·x^(−h) + b, with h fitted, is small (public re-implementation of arXiv 2105.06209).</summary>
    Fit,

    /// <summary>The slope of a·x^(−h) + b, with h the exponent of detrended fluctuation analysis, is small (arXiv 2105.06209).</summary>
    Dfa,
}

/// <summary>When DeepObliviate stops retraining and stitches.</summary>
public sealed record StopOptions
{
    /// <summary>Default relative ε of <see cref="StopMode.Fit"/>: simulation in the design notes, stops near 13 blocks for h = 1.</summary>
    public const double DefaultFitEpsilon = 0.005;

    /// <summary>Default relative ε of <see cref="StopMode.Dfa"/>: the largest for which the minimum block count decides.</summary>
    public const double DefaultDfaEpsilon = 0.001;

    /// <summary>Default minimum of blocks for the two slope tests: a fit of fewer points says nothing.</summary>
    public const int DefaultSlopeMinimum = 10;

    /// <summary>Default of <see cref="MaxChange"/>: half; chosen on validation writers of MNIST (docs/results).</summary>
    public const double DefaultMaxChange = 0.5;

    /// <summary>The test; <see cref="StopMode.Floor"/> by default.</summary>
    public StopMode Mode { get; init; } = StopMode.Floor;

    /// <summary>Bound on |dY/dx|, relative to Δ at x = 1 unless <see cref="Raw"/>; null means the mode's default. Unused by the floor test.</summary>
    public double? Epsilon { get; init; }

    /// <summary>Whether <see cref="Epsilon"/> is absolute; then it must be given.</summary>
    public bool Raw { get; init; }

    /// <summary>Blocks from the last deleted one on that are always retrained; null means 1 for the floor test, 10 for the others.</summary>
    public int? Minimum { get; init; }

    /// <summary>The floor test asks for Δ ≤ factor × floor.</summary>
    public double FloorFactor { get; init; } = 1.0;

    /// <summary>
    /// The floor test also asks for Δ ≤ this share of ‖V_k‖₁, the stored update itself: where the new run's update has little in common with
    /// the stored one, the stored updates of later blocks do not fit it either, however large the noise floor is.
    /// </summary>
    public double MaxChange { get; init; } = DefaultMaxChange;

    /// <summary>How many times in a row the test must hold.</summary>
    public int Patience { get; init; } = 1;

    /// <summary>The minimum in force.</summary>
    public int MinimumBlocks => Minimum ?? (Mode == StopMode.Floor ? 1 : DefaultSlopeMinimum);

    /// <summary>The earliest number of blocks after which this test can stop.</summary>
    public int EarliestStop => Math.Max(MinimumBlocks, Patience);

    /// <summary>ε in force for a slope test.</summary>
    public double EpsilonOf(StopMode mode) => Epsilon ?? (mode == StopMode.Dfa ? DefaultDfaEpsilon : DefaultFitEpsilon);

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="UsageException">An option is out of range.</exception>
    public StopOptions Validated()
    {
        if (Epsilon is <= 0 or double.NaN) throw new UsageException($"--epsilon {Epsilon} must be positive.");
        if (Raw && Epsilon is null) throw new UsageException("--raw-epsilon needs a value: there is no default for an absolute bound.");
        if (Minimum < 1) throw new UsageException($"--min-blocks {Minimum} must be at least 1.");
        if (!(FloorFactor > 0)) throw new UsageException($"--floor-factor {FloorFactor} must be positive.");
        if (!(MaxChange > 0)) throw new UsageException($"--max-change {MaxChange} must be positive.");
        if (Patience < 1) throw new UsageException($"--patience {Patience} must be at least 1.");
        return this;
    }
}
