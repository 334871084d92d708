namespace Lethe;

/// <summary>How to verify a run against models that never saw the forgotten records.</summary>
public sealed record VerificationOptions
{
    /// <summary>How many gold models to train: the first with the run's seed, the others with the next seeds.</summary>
    public int GoldSeeds { get; init; } = 3;

    /// <summary>TorchScript files that take the place of gold models: an imported model, retrained by its owner without the forgotten records.</summary>
    public IReadOnlyList<string> GoldFiles { get; init; } = [];
}
