using Lethe.Core.Numerics;
using Lethe.Core.Records;
using Lethe.Core.Verdicts;
using Lethe.Training.Datasets;
using Lethe.Training.Runs;
using Lethe.Training.Training;
using Lethe.Verification;

namespace Lethe.Operations;

/// <summary>Evaluates models of one run on the same records: unseen ones, a fixed sample of the retained ones, and the forgotten ones.</summary>
internal sealed class ModelProbe
{
    private const int RetainedSample = 10_000;
    private const int ProfileRecordsPerBlock = 60;
    private const ulong SampleStream = 0x70726F6265;
    private readonly Run _run;
    private readonly TensorDataset _data;
    private readonly TensorDataset? _test;
    private readonly IReadOnlySet<int> _deleted;
    private readonly int[] _retained;
    private readonly int[] _forgotten;
    private readonly HashSet<int> _goneClasses;
    private readonly CancellationToken _cancellation;
    private readonly Evaluator _evaluator = new();
    private VerdictProbe? _figures;

    /// <param name="run">The run.</param>
    /// <param name="data">Its training data.</param>
    /// <param name="test">Unseen records, or null.</param>
    /// <param name="forgotten">The records in question.</param>
    /// <param name="deleted">All records that count as forgotten, those in question included.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    public ModelProbe(Run run, TensorDataset data, TensorDataset? test, IEnumerable<int> forgotten, IReadOnlySet<int> deleted, CancellationToken cancellation)
    {
        (_run, _data, _test, _deleted, _cancellation) = (run, data, test, deleted, cancellation);
        _forgotten = [.. forgotten];
        _goneClasses = [.. data.Manifest.Labels.Distinct().Except(Enumerable.Range(0, data.Count).Where(record => !deleted.Contains(record)).Select(record => data.Manifest.Labels[record]))];
        int[] retained = [.. Enumerable.Range(0, data.Count).Where(record => !deleted.Contains(record))];
        new CounterRandom(run.Recipe.Seed, SampleStream).Shuffle(retained.AsSpan());
        _retained = [.. retained.Take(RetainedSample).Order()];
    }

    /// <summary>The policy whose figures are taken; null: none, as where no verdict follows.</summary>
    public VerificationPolicy? Policy { get; init; }

    public ModelView View(StateDict state)
    {
        using var model = _run.CreateModel();
        state.CopyTo(model);
        var view = new ModelView(
            _test is null ? null : _evaluator.Evaluate(model, _test, _run.Normalization, cancellation: _cancellation),
            _evaluator.Evaluate(model, _data, _run.Normalization, _retained, _cancellation),
            _evaluator.Evaluate(model, _data, _run.Normalization, _forgotten, _cancellation),
            _goneClasses);
        return Figures is not { } figures ? view : view with
        {
            Figures = WithTriggers(figures.Measure(state, view.Forgotten, view.Unseen, _cancellation), state),
            RelearnSteps = Policy!.RelearnSteps,
        };
    }

    private IReadOnlyDictionary<string, double> WithTriggers(IReadOnlyDictionary<string, double> figures, StateDict state) =>
        _test is not null && new CanaryCheck(_run, _data, _test, _cancellation).HitRate(_forgotten, state) is { } rate
            ? new SortedDictionary<string, double>(figures.ToDictionary(), StringComparer.Ordinal) { [VerdictMeasures.BackdoorHits] = rate }
            : figures;

    /// <summary>Retained records that resemble the forgotten ones most, where they are asked about.</summary>
    public int NeighbourCount => Figures?.NeighbourCount ?? 0;

    private VerdictProbe? Figures => Policy is not { } policy || _forgotten.Length == 0 ? null : _figures ??= new VerdictProbe(
        new VerdictScene
        {
            Recipe = _run.Recipe,
            Create = _run.CreateModel,
            CreateRandom = _run.Recipe.Scheme == TrainingScheme.Imported || _run.Recipe.InitialWeights is not null ? null : _run.CreateInitialModel,
            Data = _data,
            Test = _test,
            Forgotten = _forgotten,
            Retained = _retained,
            Unseen = _test is null ? [] : [.. Enumerable.Range(0, _test.Count).Where(record => !_goneClasses.Contains(_test.Manifest.Labels[record])).Take(RetainedSample)],
        },
        policy);

    /// <summary>Top-1 accuracy of a model on another data set, such as stamped records.</summary>
    public EvaluationResult Evaluate(StateDict state, TensorDataset records)
    {
        using var model = _run.CreateModel();
        state.CopyTo(model);
        return _evaluator.Evaluate(model, records, _run.Normalization, cancellation: _cancellation);
    }

    /// <summary>What is remembered of each block, by a sample of its retained records against unseen ones; null without test data of classes that stay.</summary>
    public Reports.MemoryCurve? Profile(StateDict state)
    {
        if (_test is null)
            return null;
        using var model = _run.CreateModel();
        state.CopyTo(model);
        int[][] blocks = [.. Enumerable.Range(1, _run.BlockCount).Select(RetainedOf)];
        float[] all = _evaluator.Evaluate(model, _data, _run.Normalization, [.. blocks.SelectMany(block => block)], _cancellation).Losses;
        var losses = new List<float[]>();
        foreach (int[] block in blocks)
        {
            int start = losses.Sum(before => before.Length);
            losses.Add(all[start..(start + block.Length)]);
        }

        var unseen = _evaluator.Evaluate(model, _test, _run.Normalization, cancellation: _cancellation);
        float[] kept = [.. unseen.Losses.Where((_, record) => !_goneClasses.Contains(unseen.Labels[record]))];
        return kept.Length == 0 ? null : MemoryFigures.Of(losses, kept);
    }

    private int[] RetainedOf(int block)
    {
        var records = new List<int>();
        foreach (int record in _run.Partition.Block(block))
        {
            if (records.Count < ProfileRecordsPerBlock && !_deleted.Contains(record))
                records.Add(record);
        }

        return [.. records];
    }
}
