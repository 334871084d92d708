using Lethe.Core.Evidence;

namespace Lethe;

/// <summary>Which steps of a run to execute again.</summary>
public sealed record ReplayOptions
{
    /// <summary>Numbers of blocks whose steps are executed, 0 for the initial model; empty: chosen by the other options.</summary>
    public IReadOnlyList<int> Steps { get; init; } = [];

    /// <summary>Executes every step that can be.</summary>
    public bool All { get; init; }

    /// <summary>Executes the steps that the certificate of the newest request names for a spot check.</summary>
    public bool Certified { get; init; }

    /// <summary>The share of trained steps that is chosen, in (0, 1]; at least one. The initial model comes on top.</summary>
    public double Share { get; init; } = SpotCheck.DefaultShare;

    /// <summary>The key of the choice, told after the steps were fixed; null: a random one, which the report names.</summary>
    public string? Key { get; init; }
}
