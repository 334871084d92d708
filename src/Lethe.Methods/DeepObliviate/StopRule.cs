using Lethe.Core.Numerics;

namespace Lethe.Methods.DeepObliviate;

/// <summary>Decides from a series of residual memory whether retraining may end. Pure: the same series gives the same answer.</summary>
public sealed class StopRule(StopOptions options)
{
    /// <summary>Fewest points to which a, b and h can be fitted.</summary>
    private const int FewestPoints = 3;

    /// <summary>Range in which the DFA exponent is taken as h; outside, the decay model degenerates.</summary>
    private const double LowestExponent = 0.05, HighestExponent = 3;

    private readonly StopOptions _options = options.Validated();

    /// <summary>Reads the tests at the newest block of a segment.</summary>
    /// <param name="deltas">Δ at x = 1, 2, …, not empty.</param>
    /// <param name="floors">Noise floor of the same blocks; NaN where the run has none.</param>
    /// <param name="updates">‖V_k‖₁ of the same blocks in the stored run.</param>
    /// <exception cref="ArgumentException">The series is empty or the lengths differ.</exception>
    public StopReading Read(ReadOnlySpan<double> deltas, ReadOnlySpan<double> floors, ReadOnlySpan<double> updates)
    {
        if (deltas.IsEmpty || deltas.Length != floors.Length || deltas.Length != updates.Length)
            throw new ArgumentException("A stop test needs at least one Δ, and one noise floor and one update for each.");
        var newest = Measure(deltas, floors, updates);
        var fires = newest.Holds(_options.Mode) && deltas.Length >= _options.EarliestStop;
        for (var back = 1; fires && back < _options.Patience; back++)
            fires = Measure(deltas[..^back], floors[..^back], updates[..^back]).Holds(_options.Mode);
        var first = fires && _options.MinimumBlocks > 1 && deltas.Length == _options.EarliestStop;
        return newest with { Fires = fires, DecidedByMinimum = first };
    }

    private StopReading Measure(ReadOnlySpan<double> deltas, ReadOnlySpan<double> floors, ReadOnlySpan<double> updates)
    {
        double? floor = double.IsFinite(floors[^1]) ? floors[^1] : null;
        var underFloor = deltas[^1] <= _options.FloorFactor * floor && deltas[^1] <= _options.MaxChange * updates[^1];
        return new StopReading(deltas.Length, floor, underFloor, ReadFit(deltas), ReadDfa(deltas), Fires: false, DecidedByMinimum: false);
    }

    private DecayReading? ReadFit(ReadOnlySpan<double> deltas) =>
        Fittable(deltas) ? Reading(PowerLawFit.Fit(deltas), deltas, StopMode.Fit) : null;

    private DecayReading? ReadDfa(ReadOnlySpan<double> deltas)
    {
        if (!Fittable(deltas)) return null;
        var exponent = DetrendedFluctuation.Exponent(deltas);
        if (!double.IsFinite(exponent)) return null;
        var h = Math.Clamp(exponent, LowestExponent, HighestExponent);
        return Reading(PowerLawFit.FitWithExponent(deltas, h), deltas, StopMode.Dfa);
    }

    private static bool Fittable(ReadOnlySpan<double> deltas)
    {
        foreach (var delta in deltas) if (!double.IsFinite(delta)) return false;
        return deltas.Length >= FewestPoints;
    }

    private DecayReading? Reading(PowerLawFit fit, ReadOnlySpan<double> deltas, StopMode mode)
    {
        var slope = fit.SlopeAt(deltas.Length);
        if (!double.IsFinite(fit.A) || !double.IsFinite(fit.B) || !double.IsFinite(fit.H) || !double.IsFinite(slope)) return null;
        var threshold = _options.EpsilonOf(mode) * (_options.Raw ? 1 : deltas[0]);
        return new DecayReading(fit.A, fit.B, fit.H, slope, threshold, fit.A > 0 && slope <= threshold);
    }
}
