using Lethe.Methods.DeepObliviate;
using Lethe.Reports;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>Turns a method's trace into the report's curve and timeline.</summary>
internal static class TraceFigures
{
    public static ResidualCurve? Curve(ForgettingTrace? trace, NoiseFloor? floor)
    {
        if (trace is not { Points.Count: > 0 })
            return null;
        var last = trace.Points[^1];
        var decay = trace.Options.Mode == StopMode.Dfa ? last.Reading?.Dfa : last.Reading?.Fit;
        double? level = floor is { Points.Count: > 0 } ? floor.At(last.Block) : null;
        var segment = LastSegment(trace);
        return new ResidualCurve
        {
            FirstBlock = segment[0].Block,
            Values = [.. segment.Select(point => point.Delta)],
            FitFirstBlock = last.Reading is { } reading ? last.Block - reading.X + 1 : last.Block,
            Fit = decay is null ? null : new DecayCurve(decay.A, decay.B, decay.H),
            NoiseFloor = level,
            Threshold = trace.Options.Mode == StopMode.Floor && level is { } value ? value * trace.Options.FloorFactor : null,
            StopBlock = last.Block,
            Mode = trace.Options.Mode.ToString().ToLowerInvariant(),
        };
    }

    /// <summary>What happened to each block.</summary>
    /// <param name="run">The run.</param>
    /// <param name="records">The forgotten records.</param>
    /// <param name="trace">The method's trace, or null.</param>
    /// <param name="entry">What the run's history says of the request.</param>
    public static BlockTimeline Timeline(Run run, IEnumerable<int> records, ForgettingTrace? trace, HistoryEntry entry)
    {
        var holding = records.Select(record => run.Partition.Locate(new Core.Records.RecordId(record)).Block).ToHashSet();
        var retrained = trace is null
            ? Enumerable.Range(entry.FirstBlock ?? 1, entry is { FirstBlock: { } first, LastBlock: { } end } ? end - first + 1 : 0).ToHashSet()
            : trace.Points.Select(point => point.Block).ToHashSet();
        int start = entry.FirstBlock ?? 1;
        return new BlockTimeline([.. Enumerable.Range(1, run.BlockCount).Select(block =>
            retrained.Contains(block) ? holding.Contains(block) ? BlockState.Forgotten : BlockState.Retrained
            : block < start ? BlockState.Untouched : BlockState.Stitched)]);
    }

    /// <summary>With jumps the blocks have gaps: the curve shows the last consecutive blocks.</summary>
    private static List<TracePoint> LastSegment(ForgettingTrace trace)
    {
        int start = trace.Points.Count - 1;
        while (start > 0 && trace.Points[start - 1].Block == trace.Points[start].Block - 1)
            start--;
        return [.. trace.Points.Skip(start)];
    }
}
