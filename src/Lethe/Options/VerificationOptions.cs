namespace Lethe;

/// <summary>How to verify a run against models that never saw the forgotten records.</summary>
public sealed record VerificationOptions
{
    /// <summary>How many gold models to train, with the seeds after the run's own; null: as many as the policy says.</summary>
    public int? GoldSeeds { get; init; }

    /// <summary>A JSON file with a <see cref="Core.Verdicts.VerificationPolicy"/>; null: the request's, else the run's, else the default.</summary>
    public string? Policy { get; init; }

    /// <summary>Whether a candidate that waits is promoted where its verdict allows it.</summary>
    public bool Promote { get; init; }

    /// <summary>Whether what a promotion destroys is overwritten first; what that reaches depends on file system and drive.</summary>
    public bool SecureErase { get; init; }

    /// <summary>TorchScript or safetensors files that take the place of gold models: an imported model, retrained by its owner without the forgotten records.</summary>
    public IReadOnlyList<string> GoldFiles { get; init; } = [];

    /// <summary>Attacks with shadow models: so many that learned and forgot a record, and as many that never saw it, at least 3; null: none.</summary>
    public int? Shadows { get; init; }

    /// <summary>Trains shadow models also where the request is promoted: half of them learn records again that the run has forgotten.</summary>
    public bool RetrainForgotten { get; init; }

    /// <summary>Where their answers are kept; null: in the run, until the request is promoted and the models are measured.</summary>
    public string? ShadowStore { get; init; }
}
