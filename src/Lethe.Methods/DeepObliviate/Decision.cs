using System.Globalization;
using Lethe.Methods.Execution;

namespace Lethe.Methods.DeepObliviate;

/// <summary>Puts the trace together and says in one sentence what was decided.</summary>
internal static class Decision
{
    public static ForgettingTrace Trace(Forgetting forgetting, ForgetScope scope, DeepObliviateOptions options, bool exact) => new()
    {
        Options = options.Stop,
        Jump = options.Jump,
        FirstBlock = scope.FirstBlock,
        LastDeletedBlock = scope.LastBlock,
        BlockCount = scope.BlockCount,
        Points = forgetting.Points,
        Stitches = [.. forgetting.Stitches.Select(entry => entry.Stitch)],
        Decision = Sentence(forgetting, scope, options.Stop, exact),
    };

    private static string Sentence(Forgetting forgetting, ForgetScope scope, StopOptions stop, bool exact)
    {
        var last = forgetting.Points[^1];
        if (last.Block == scope.BlockCount)
        {
            return exact
                ? $"Retrained from block {scope.FirstBlock} to the last block {scope.BlockCount}: exact, nothing was stitched."
                : $"Retrained to the last block {scope.BlockCount}; earlier stitches stay, so the result is approximate.";
        }
        var minimum = last.Reading!.DecidedByMinimum
            ? $" The minimum of {stop.MinimumBlocks} blocks decided: the test held at the first block where it was allowed to."
            : "";
        return $"Stopped after block {last.Block} ({forgetting.Points.Count} of {scope.BlockCount} blocks retrained): {Reason(last, stop)}.{minimum}";
    }

    private static string Reason(TracePoint point, StopOptions stop) => stop.Mode switch
    {
        StopMode.Floor => $"residual memory {Number(point.Delta)} ≤ {Number(stop.FloorFactor)} × noise floor {Number(point.Reading!.Floor!.Value)} and ≤ {Number(stop.MaxChange)} × stored update {Number(point.UpdateNorm)}",
        StopMode.Fit => Slope(point.Reading!.Fit!, "fitted"),
        _ => Slope(point.Reading!.Dfa!, "from DFA"),
    };

    private static string Slope(DecayReading reading, string source) =>
        $"slope {Number(reading.Slope)} ≤ {Number(reading.Threshold)} of {Number(reading.A)}·x^(−{Number(reading.H)}) + {Number(reading.B)}, h {source}";

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
