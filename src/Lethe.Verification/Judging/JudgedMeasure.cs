namespace Lethe.Verification;

/// <summary>One measure of all models, as <see cref="Judge"/> takes it. Whoever has a further test adds one of these.</summary>
public sealed record JudgedMeasure
{
    private const double LeastRatio = 1e-7;

    /// <summary>The name, one of <see cref="Core.Verdicts.VerdictMeasures"/> where a policy shall be able to switch it.</summary>
    public required string Name { get; init; }

    /// <summary>How the figure is computed, with its unit.</summary>
    public required string Definition { get; init; }

    /// <summary>The untouched model's figure; null: unknown, and then the measure abstains.</summary>
    public double? Original { get; init; }

    /// <summary>The judged model's figure.</summary>
    public required double Candidate { get; init; }

    /// <summary>One figure for each gold model.</summary>
    public required IReadOnlyList<double> Golds { get; init; }

    /// <summary>The smallest step of the figure, for example 1 / records for a share; 0 for a continuous one.</summary>
    public double Resolution { get; init; }

    /// <summary>
    /// Whether the figure is a mean distance from the gold models (for a gold model: from the others). Then only large figures are
    /// suspicious, and three gold models are needed.
    /// </summary>
    public bool IsDistance { get; init; }

    /// <summary>
    /// Whether the figure is compared by its logarithm, as losses are: they scatter by factors, and a model that knows records by heart has a
    /// hundredth of gold's loss, not a fixed amount less. Figures below 1e-7, the resolution of 32-bit floats, count as that.
    /// </summary>
    public bool ByRatio { get; init; }

    /// <summary>Whether it was taken after relearning or rounding.</summary>
    public bool IsRetest { get; init; }

    internal NullDistribution? Null =>
        IsDistance ? NullDistribution.OfDistances([.. Golds.Select(Scaled)]) : NullDistribution.Of([.. Golds.Select(Scaled)], Resolution);

    /// <summary>A figure on the scale of the comparison.</summary>
    internal double Scaled(double value) => ByRatio ? Math.Log(Math.Max(value, LeastRatio)) : value;

    /// <summary>A figure from the scale of the comparison.</summary>
    internal double Unscaled(double value) => ByRatio ? Math.Exp(value) : value;
}
