namespace Lethe;

/// <summary>Which shadow models to train.</summary>
public sealed record ShadowTrainingOptions
{
    /// <summary>Models that learned and forgot a record, and as many that never saw it; at least 2.</summary>
    public int PerSide { get; init; } = 32;

    /// <summary>Where their answers go; null: the run's own folder, which the next promotion destroys.</summary>
    public string? Store { get; init; }

    /// <summary>Trains also where the request is promoted: half of the models learn records again that the run has forgotten.</summary>
    public bool RetrainForgotten { get; init; }

    /// <summary>Trains nothing and only says what it would take.</summary>
    public bool PriceOnly { get; init; }

    /// <summary>Trains although this process computes other bits than the one that trained the run.</summary>
    public bool ForceProfile { get; init; }
}
