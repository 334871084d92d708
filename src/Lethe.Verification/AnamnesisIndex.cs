namespace Lethe.Verification;

/// <summary>
/// Relearn time of an unlearned model over that of gold (Chundawat et al., arXiv 2201.05629): 1 is best, far below 1 some knowledge was
/// left, far above 1 too much was destroyed.
/// </summary>
/// <param name="Value">The ratio; NaN where it says nothing: both were given up, or gold needed no mini-batch.</param>
/// <param name="Bound">Whether the true value may be larger (the model was given up) or smaller (gold was given up).</param>
public sealed record AnamnesisIndex(double Value, AnamnesisBound Bound)
{
    /// <summary>Compares two relearn times that were measured alike.</summary>
    /// <param name="model">The unlearned model's.</param>
    /// <param name="gold">Gold's.</param>
    public static AnamnesisIndex Of(RelearnTime model, RelearnTime gold)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(gold);
        if (gold.Batches == 0 || (model.Capped && gold.Capped)) return new AnamnesisIndex(double.NaN, AnamnesisBound.Exact);
        return new AnamnesisIndex(
            (double)model.Batches / gold.Batches,
            model.Capped ? AnamnesisBound.AtLeast : gold.Capped ? AnamnesisBound.AtMost : AnamnesisBound.Exact);
    }
}

/// <summary>How an anamnesis index is to be read.</summary>
public enum AnamnesisBound
{
    /// <summary>Both models reached the target.</summary>
    Exact,

    /// <summary>The unlearned model did not: the index is at least this.</summary>
    AtLeast,

    /// <summary>Gold did not: the index is at most this.</summary>
    AtMost,
}
