namespace Lethe;

/// <summary>How to verify a run against models that never saw the forgotten records.</summary>
public sealed record VerificationOptions
{
    /// <summary>How many gold models to train: the first with the run's seed, the others with the next seeds.</summary>
    public int GoldSeeds { get; init; } = 3;
}
