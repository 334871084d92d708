namespace Lethe.Core.Verdicts;

/// <summary>One measure of a verdict: the figures of all models, and what follows from them.</summary>
public sealed record VerdictTest
{
    /// <summary>The measure, one of <see cref="VerdictMeasures.All"/> or the name of an additional test.</summary>
    public required string Name { get; init; }

    /// <summary>How the figure is computed, with its unit.</summary>
    public required string Definition { get; init; }

    /// <summary>The untouched model's figure; null where it was not measured.</summary>
    public double? Original { get; init; }

    /// <summary>The judged model's figure.</summary>
    public required double Candidate { get; init; }

    /// <summary>One figure for each gold model, in the order of the verdict's seeds.</summary>
    public required IReadOnlyList<double> Golds { get; init; }

    /// <summary>Lower end of the range in which a further gold model's figure is expected; −∞ where only large figures count.</summary>
    public double NullLow { get; init; } = double.NaN;

    /// <summary>Upper end of that range.</summary>
    public double NullHigh { get; init; } = double.NaN;

    /// <summary>How probable a figure at least this far out is for a further gold model, 0 … 1; NaN where it cannot be computed.</summary>
    public double P { get; init; } = double.NaN;

    /// <summary><see cref="P"/> after Holm's correction over all tests of the verdict.</summary>
    public double AdjustedP { get; init; } = double.NaN;

    /// <summary>How probable it is that the test would notice a model which forgot nothing, 0 … 1; null where no original was measured.</summary>
    public double? Power { get; init; }

    /// <summary>The smallest remainder of the original's distance from gold that lies outside the range; null without power.</summary>
    public double? Detectable { get; init; }

    /// <summary>What follows.</summary>
    public required TestOutcome Outcome { get; init; }

    /// <summary>Why, in plain words.</summary>
    public required string Why { get; init; }
}
