using Lethe.Bench.DeepObliviate;
using Lethe.Bench.Results;
using Lethe.Core.Numerics;
using Lethe.Training.Training;
using Lethe.Verification;

namespace Lethe.Bench.Unsir;

/// <summary>What is measured of every model of one request.</summary>
internal sealed class UnsirMeasures
{
    private readonly Workbench _bench;
    private readonly UnsirRows _rows;
    private readonly int[] _forgotten, _tested, _testForgotten, _testRetained;
    private readonly double _originalAccuracy;

    public UnsirMeasures(Workbench bench, UnsirRows rows, IReadOnlyList<int> classes)
    {
        (_bench, _rows) = (bench, rows);
        var (train, test) = (bench.Data.Manifest, bench.Test.Manifest);
        _forgotten = [.. Enumerable.Range(0, train.Count).Where(record => classes.Contains(train.Labels[record]))];
        var order = _forgotten.ToArray();
        new CounterRandom(rows.Seed).Shuffle<int>(order);
        _tested = [.. order.Take(UnsirProtocol.RelearnTested)];
        _testForgotten = [.. Enumerable.Range(0, test.Count).Where(record => classes.Contains(test.Labels[record]))];
        _testRetained = [.. Enumerable.Range(0, test.Count).Where(record => !classes.Contains(test.Labels[record]))];
        _originalAccuracy = bench.Evaluate(bench.OriginalState, bench.Data, _tested).Accuracy;
    }

    /// <summary>The records of the request.</summary>
    public IReadOnlyList<int> Forgotten => _forgotten;

    /// <summary>Adds accuracies and relearn time of a model; gold's relearn time, where known, gives the anamnesis index.</summary>
    public RelearnTime Add(string method, StateDict state, RelearnTime? gold, CancellationToken cancellation)
    {
        var forgotten = _bench.Evaluate(state, _bench.Test, _testForgotten);
        _rows.Add(method, UnsirRows.ForgottenAccuracy, forgotten.Accuracy);
        _rows.Add(method, UnsirRows.ForgottenLoss, forgotten.MeanLoss);
        _rows.Add(method, UnsirRows.RetainedAccuracy, _bench.Evaluate(state, _bench.Test, _testRetained).Accuracy);
        var relearn = _bench.Relearn(state, _forgotten, _originalAccuracy, _rows.Seed, cancellation, _tested);
        _rows.Add(method, UnsirRows.Relearn, relearn.Batches);
        _rows.Add(method, AnamnesisRows.Capped, relearn.Capped ? 1 : 0);
        if (gold is not null && AnamnesisIndex.Of(relearn, gold) is { Value: var index } && double.IsFinite(index))
            _rows.Add(method, AnamnesisRows.Index, index);
        return relearn;
    }
}
