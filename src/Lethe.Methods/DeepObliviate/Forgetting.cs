using Lethe.Core.Records;
using Lethe.Methods.Execution;
using Lethe.Methods.Parameters;
using Lethe.Training.Runs;

namespace Lethe.Methods.DeepObliviate;

/// <summary>
/// The retraining half of DeepObliviate: from M_(d−1) block by block on retained records, until the stop test lets the rest be stitched.
/// Every decision is a pure function of the checkpoints, so an interrupted forget takes the same ones again.
/// </summary>
internal sealed class Forgetting
{
    private readonly ForgetScope _scope;
    private readonly BlockReplay _replay;
    private readonly NoiseFloor? _floor;
    private readonly bool _jump;
    private readonly StopRule _rule;
    private readonly IReadOnlyList<string> _parameters;
    private readonly List<double> _deltas = [], _floors = [], _updates = [];

    public Forgetting(ForgetScope scope, BlockReplay replay, NoiseFloor? floor, DeepObliviateOptions options, IReadOnlyList<string> parameters)
    {
        (_scope, _replay, _floor, _jump, _parameters) = (scope, replay, floor, options.Jump, parameters);
        _rule = new StopRule(options.Stop);
    }

    /// <summary>One point a retrained block.</summary>
    public List<TracePoint> Points { get; } = [];

    /// <summary>Where updates of the stored run were reused, with what they move by.</summary>
    public List<(Stitch Stitch, Displacement Displacement)> Stitches { get; } = [];

    /// <summary>The retrained checkpoints by block.</summary>
    public SortedDictionary<int, Digest> Retrained { get; } = [];

    /// <summary>The checkpoint after the last retrained block.</summary>
    public byte[] Newest { get; private set; } = [];

    public void Go(CancellationToken cancellation)
    {
        var block = _scope.FirstBlock;
        var stored = View(_replay.Load(block - 1));
        var current = stored;
        while (true)
        {
            _replay.Report("forget", Points.Count, _scope.BlockCount - _scope.FirstBlock + 1, $"retraining block {block}");
            var next = _replay.Retrain(block, current.Checkpoint, cancellation);
            Retrained[block] = next.Digest;
            Newest = next.Bytes;
            var (storedBefore, newBefore) = (stored, current);
            (stored, current) = (View(_replay.Load(block)), View(next.Bytes));
            var reading = Read(block, UpdateDifference.Of(storedBefore, stored, newBefore, current));
            if (block == _scope.BlockCount) return;
            if (reading is { Fires: true })
            {
                var target = _jump ? _scope.NextAfter(block) : null;
                if (target is null) { AddStitch(block, _scope.BlockCount, current, stored, reading); return; }
                if (target > block + 1)
                {
                    var displacement = AddStitch(block, target.Value - 1, current, stored, reading);
                    stored = View(_replay.Load(target.Value - 1));
                    current = View(stored.Checkpoint.AsSpan().ToArray());
                    if (displacement.Norm > 0) displacement.AddTo(current);
                    block = target.Value - 1;
                }
            }
            block++;
        }
    }

    /// <summary>Reads the tests where one is due: x = 1 at the last deleted block of the segment.</summary>
    private StopReading? Read(int block, UpdateDifference difference)
    {
        var due = _jump || block >= _scope.LastBlock;
        StopReading? reading = null;
        if (due)
        {
            if (_scope.RecordsIn(block) > 0)
            {
                _deltas.Clear();
                _floors.Clear();
                _updates.Clear();
            }
            _deltas.Add(difference.Delta);
            _floors.Add(_floor?.At(block) ?? double.NaN);
            _updates.Add(difference.UpdateNorm);
            reading = _rule.Read(_deltas.ToArray(), _floors.ToArray(), _updates.ToArray());
        }
        Points.Add(new TracePoint(
            block, _scope.RecordsIn(block), difference.Delta, difference.UpdateNorm, difference.ByLayer, reading));
        return reading;
    }

    private Displacement AddStitch(int block, int through, ParameterView retrained, ParameterView stored, StopReading reading)
    {
        var displacement = Displacement.Between(retrained, stored);
        Stitches.Add((new Stitch(block, through, displacement.Norm, reading.DecidedByMinimum), displacement));
        return displacement;
    }

    private ParameterView View(byte[] checkpoint) => ParameterView.Of(checkpoint, _parameters);
}
