namespace Lethe.Methods.DeepObliviate;

/// <summary>The decay model a·x^(−h) + b of one Δ series, and its slope at the newest block.</summary>
/// <param name="A">Height of the decaying part.</param>
/// <param name="B">Plateau.</param>
/// <param name="H">Exponent.</param>
/// <param name="Slope">|dY/dx| = a·h·x^(−h−1) at the newest x.</param>
/// <param name="Threshold">ε in force, made absolute.</param>
/// <param name="Holds">a &gt; 0 and slope ≤ threshold.</param>
public sealed record DecayReading(double A, double B, double H, double Slope, double Threshold, bool Holds);

/// <summary>All three stop tests read at one block; only the chosen one decides.</summary>
/// <param name="X">Position of the block: 1 at the last deleted block of the segment.</param>
/// <param name="Floor">Noise floor at the block; null when the run has none.</param>
/// <param name="FloorHolds">Whether Δ ≤ factor × floor and Δ ≤ share × the stored update.</param>
/// <param name="Fit">Decay with h fitted; null below 3 points or where the fit is not finite.</param>
/// <param name="Dfa">Decay with h by DFA, clamped to [0.05, 3]; null where DFA has too few points.</param>
/// <param name="Fires">Whether the chosen test ends the retraining here.</param>
/// <param name="DecidedByMinimum">It fired at the first block where it was allowed to: the minimum count decided, not the test.</param>
public sealed record StopReading(int X, double? Floor, bool FloorHolds, DecayReading? Fit, DecayReading? Dfa, bool Fires, bool DecidedByMinimum)
{
    /// <summary>Whether the test of <paramref name="mode"/> holds at this block, whatever the minimum and the patience.</summary>
    public bool Holds(StopMode mode) => mode switch
    {
        StopMode.Floor => FloorHolds,
        StopMode.Fit => Fit?.Holds ?? false,
        _ => Dfa?.Holds ?? false,
    };
}
