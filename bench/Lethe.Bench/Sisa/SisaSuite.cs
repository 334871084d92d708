using Lethe.Bench.DeepObliviate;
using Lethe.Bench.Results;
using Lethe.Core.Numerics;
using Lethe.Core.Partitions;
using Lethe.Core.Records;
using Lethe.Methods;
using Lethe.Methods.Options;
using Lethe.Training.Datasets;
using Lethe.Training.Training;

namespace Lethe.Bench.Sisa;

/// <summary>SISA beside DeepObliviate: accuracy, price of forgetting, prediction and storage.</summary>
internal sealed class SisaSuite(string name, string description, IReadOnlyList<SisaSettings> settings) : IBenchSuite
{
    private const ulong DrawStream = 0x53495341; // "SISA"
    private const int PredictionRepeats = 5;

    /// <summary>The small data sets.</summary>
    public static SisaSuite Small { get; } = new(
        "sisa", "MNIST with LeNet-5, Location-30 with an MLP; about 40 minutes on one core", [SisaSettings.Mnist, SisaSettings.Location]);

    /// <summary>The larger pictures.</summary>
    public static SisaSuite Cifar { get; } = new("sisa-cifar10", "CIFAR-10 (JPEG) with LeNet-5; about an hour on one core", [SisaSettings.Cifar]);

    public string Name => name;

    public string Description => $"SISA against DeepObliviate, 1, 10 and 100 records: {description}. Needs LETHE_DATA.";

    public SuiteSeeds Seeds => SuiteSeeds.Repeated(3);

    public Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var file = new ResultsFile(Name, context);
        var scratch = Path.Combine(Path.GetTempPath(), $"lethe-bench-{Environment.ProcessId}");
        Directory.CreateDirectory(scratch);
        try
        {
            foreach (var dataset in settings) Each(dataset);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }

        return Task.CompletedTask;

        void Each(SisaSettings dataset)
        {
            var source = DataSource.Parse(dataset.Source(scratch));
            using var data = source.Load();
            using var test = source.Test!.Load(DataOptions.Matching(data));
            foreach (var seed in context.Seeds)
            {
                Compare(context, Path.Combine(scratch, "run"), dataset, data, test, seed, file, cancellationToken);
                file.Write(Render(file));
            }
        }
    }

    public ResultsPage Render(ResultsFile file) => SisaPage.Render(name, file, settings);

    private static void Compare(
        BenchContext context, string scratch, SisaSettings settings, TensorDataset data, TensorDataset test, ulong seed, ResultsFile file, CancellationToken cancellation)
    {
        var rows = new SisaRows(file, settings.Dataset, settings.Model, seed);
        One(SisaRows.DeepObliviate, settings.Blockwise(seed, context.Threads), "deep-obliviate", SisaSettings.Counts);
        foreach (var shards in settings.Shards)
            One(SisaRows.Sisa(shards), settings.Sharded(seed, context.Threads, shards), "sisa", shards == settings.Shards[0] ? SisaSettings.Counts : []);

        void One(string name, Recipe recipe, string method, int[] counts)
        {
            context.Log($"{settings.Dataset}, seed {seed}: {name}");
            using var bench = new Workbench(
                context, scratch, data, test, recipe, Partition.Create(data.Manifest, SisaSettings.Stratified(seed, recipe.Blocks)), cancellation);
            rows.Add(SisaRows.Training, name, SisaRows.TestAccuracy, bench.Evaluate(bench.OriginalState, test).Accuracy);
            if (method == "sisa") rows.Add(SisaRows.Training, name, SisaRows.VoteAccuracy, bench.EvaluateBy(Aggregation.Vote, bench.OriginalState, test).Accuracy);
            rows.Add(SisaRows.Training, name, SisaRows.TrainingSamples, bench.Index.TrainingCost.Samples);
            rows.Add(SisaRows.Training, name, SisaRows.TrainingSeconds, bench.Index.TrainingCost.Seconds);
            rows.Add(SisaRows.Training, name, SisaRows.Prediction, Prediction(context, bench));
            rows.Add(SisaRows.Training, name, SisaRows.Storage, bench.BytesOnDisk / bench.BytesOfOneCheckpoint);
            foreach (var count in counts)
            {
                for (var draw = 0; draw < settings.Draws; draw++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    using var outcome = bench.Forget(Records(data, seed, count, draw), MethodCatalog.Find(method), MethodOptions.None, cancellation);
                    var scenario = SisaRows.Forgetting(count);
                    rows.Add(scenario, name, SisaRows.TestAccuracy, bench.Evaluate(outcome.State, test).Accuracy);
                    rows.Add(scenario, name, SisaRows.Samples, outcome.Samples);
                    rows.Add(scenario, name, SisaRows.Seconds, outcome.Seconds);
                    rows.Add(scenario, name, SisaRows.SampleSpeedUp, (double)bench.Index.TrainingCost.Samples / outcome.Samples);
                    rows.Add(scenario, name, SisaRows.SecondSpeedUp, bench.Index.TrainingCost.Seconds / outcome.Seconds);
                }
            }
        }
    }

    /// <summary>The same records for both methods.</summary>
    private static RecordId[] Records(TensorDataset data, ulong seed, int count, int draw)
    {
        var all = Enumerable.Range(0, data.Count).ToArray();
        new CounterRandom(seed, DrawStream, (ulong)count, (ulong)draw).Shuffle<int>(all);
        return [.. all.Take(count).Order().Select(static record => new RecordId(record))];
    }

    /// <summary>Milliseconds for 1,000 test records, the best of some passes over the test set after one to warm up.</summary>
    private static double Prediction(BenchContext context, Workbench bench)
    {
        bench.Evaluate(bench.OriginalState, bench.Test);
        var best = double.PositiveInfinity;
        for (var repeat = 0; repeat < PredictionRepeats; repeat++)
        {
            var start = context.Time.GetTimestamp();
            bench.Evaluate(bench.OriginalState, bench.Test);
            best = Math.Min(best, context.Time.GetElapsedTime(start).TotalMilliseconds);
        }

        return best / bench.Test.Count * 1000;
    }
}
