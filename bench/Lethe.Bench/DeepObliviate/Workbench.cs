using Lethe.Core.Partitions;
using Lethe.Core.Records;
using Lethe.Core.Requests;
using Lethe.Methods;
using Lethe.Methods.DeepObliviate;
using Lethe.Methods.Options;
using Lethe.Methods.Retrain;
using Lethe.Torch;
using Lethe.Training.Datasets;
using Lethe.Training.Models;
using Lethe.Training.Runs;
using Lethe.Training.Training;
using Lethe.Verification;

namespace Lethe.Bench.DeepObliviate;

/// <summary>One trained run and what is asked of it: every forget works on a copy, so that all of them meet the same original.</summary>
internal sealed class Workbench : IDisposable
{
    private readonly BenchContext context;
    private readonly string directory;
    private readonly Run run;
    private readonly torch.nn.Module<Tensor, Tensor> module;
    private int copies;

    public Workbench(
        BenchContext context,
        string directory,
        TensorDataset data,
        TensorDataset test,
        Recipe recipe,
        Partition partition,
        CancellationToken cancellation,
        int floorRepeats = TrainingOptions.DefaultFloorRepeats)
    {
        this.context = context;
        this.directory = directory;
        Data = data;
        Test = test;
        var resolved = context.Resolve(recipe, data);
        run = Run.Create(Path.Combine(directory, "original"), new RunConfig
        {
            Recipe = resolved,
            Partition = partition,
            Dataset = DatasetReference.Of(data.Manifest),
            Source = data.Manifest.Name,
        });
        TrainingSession.Train(run, data, null, cancellation, new TrainingOptions { Time = context.Time, FloorRepeats = floorRepeats });
        module = run.CreateModel().to(torch.device(resolved.Device));
        OriginalState = run.Load(run.Index.Served!.Value);
    }

    /// <summary>Size of the run's directory.</summary>
    public double BytesOnDisk => new DirectoryInfo(run.Directory).EnumerateFiles("*", SearchOption.AllDirectories).Sum(static file => file.Length);

    /// <summary>Size of one stored model.</summary>
    public double BytesOfOneCheckpoint => run.Store.SizeOf(run.Index.Checkpoints[1]!.Value);

    public TensorDataset Data { get; }

    public TensorDataset Test { get; }

    public Partition Partition => run.Partition;

    public RunIndex Index => run.Index;

    public Recipe Recipe => run.Recipe;

    public StateDict OriginalState { get; }

    public EvaluationResult Evaluate(StateDict state, TensorDataset dataset, IReadOnlyList<int>? records = null)
    {
        state.CopyTo(module);
        return new Evaluator().Evaluate(module, dataset, run.Normalization, records);
    }

    /// <summary>Evaluates a SISA ensemble as if its recipe aggregated in this way.</summary>
    public EvaluationResult EvaluateBy(Aggregation aggregation, StateDict state, TensorDataset dataset)
    {
        using var ensemble = new EnsembleModel([.. Enumerable.Range(0, run.Recipe.Shards).Select(_ => run.CreateMember())], aggregation);
        state.CopyTo(ensemble);
        return new Evaluator().Evaluate(ensemble, dataset, run.Normalization);
    }

    /// <summary>Evaluates a network that has learnt nothing: the run's initial model, drawn by this seed.</summary>
    public EvaluationResult EvaluateUntrained(ulong seed, TensorDataset dataset, IReadOnlyList<int> records)
    {
        using var untrained = run.CreateInitialModel(seed);
        return new Evaluator().Evaluate(untrained, dataset, run.Normalization, records);
    }

    /// <summary>How soon a model learns the forgotten records again; the state stays as it is.</summary>
    public RelearnTime Relearn(StateDict state, IReadOnlyList<int> records, double originalAccuracy, ulong seed, CancellationToken cancellation, IReadOnlyList<int>? tested = null)
    {
        using var learner = run.CreateModel();
        state.CopyTo(learner);
        return RelearnTime.Measure(learner, run.Recipe, Data, records, originalAccuracy, seed, tested, cancellation);
    }

    /// <summary>Trains the recipe from scratch without the records, timed.</summary>
    public GoldModel Gold(IReadOnlyList<RecordId> records, ulong seed, CancellationToken cancellation) =>
        GoldTraining.Train(run, Data, records.Select(static record => record.Value).ToHashSet(), seed, context.Time, null, cancellation);

    /// <summary>Forgets on a copy of the run; the time runs from the plan to the end of the commit that destroys what still remembers.</summary>
    public Outcome Forget(IReadOnlyList<RecordId> records, IUnlearningMethod method, MethodOptions options, CancellationToken cancellation)
    {
        var copy = Path.Combine(directory, $"copy-{copies++}");
        CopyRun(Path.Combine(directory, "original"), copy);
        try
        {
            using var target = Run.Open(copy, writable: true);
            var request = new ForgetRequest
            {
                Id = $"bench-{copies}",
                Selection = new Selection.ByRecords(records),
                Records = [.. records.Order()],
                ReceivedAt = context.Time.GetUtcNow(),
            };
            var start = context.Time.GetTimestamp();
            var plan = method.Plan(request, target, Data.Manifest, options);
            using var result = method.Execute(plan, request, new UnlearningContext(target, Data, null, context.Time), cancellation);
            target.Commit(result.NextIndex);
            var seconds = context.Time.GetElapsedTime(start).TotalSeconds;
            return new Outcome(result.Candidate.Clone(), result.Cost.Samples, seconds, result.Trace) { Findings = result.Findings, BytesWritten = result.Cost.BytesWritten };
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    public void Dispose()
    {
        OriginalState.Dispose();
        module.Dispose();
        run.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    private static void CopyRun(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(static file => Path.GetFileName(file) != "lock"))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}

/// <summary>What a forget gave: the unlearned parameters (owned), its work and time, and its decision.</summary>
internal sealed record Outcome(StateDict State, long Samples, double Seconds, ForgettingTrace? Trace) : IDisposable
{
    /// <summary>What the method told.</summary>
    public MethodFindings Findings { get; init; } = MethodFindings.None;

    /// <summary>What it wrote to the run's store.</summary>
    public long BytesWritten { get; init; }

    public void Dispose() => State.Dispose();
}
