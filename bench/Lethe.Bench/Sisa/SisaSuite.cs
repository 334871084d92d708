using System.Formats.Tar;
using System.IO.Compression;
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
internal sealed class SisaSuite : IBenchSuite
{
    private const ulong DrawStream = 0x53495341; // "SISA"
    private const int PredictionRepeats = 5;

    public string Name => "sisa";

    public string Description =>
        "SISA against DeepObliviate, seeds 1-3: MNIST and CIFAR-10 (JPEG) with LeNet-5, Location-30 with an MLP; 1, 10 and 100 records; about 30 minutes on 2 cores. Needs LETHE_DATA.";

    public Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var file = new ResultsFile(Name, context);
        var scratch = Path.Combine(Path.GetTempPath(), $"lethe-bench-{Environment.ProcessId}");
        Directory.CreateDirectory(scratch);
        try
        {
            Each(SisaSettings.Mnist, $"mnist:{DataFolder.Of("mnist")}");
            Each(SisaSettings.Location, LocationSource(scratch));
            Each(SisaSettings.Cifar, $"image-folder:{Path.Combine(DataFolder.Of("cifar10-jpeg"), "cifar10-jpeg.tar.gz")}");
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }

        return Task.CompletedTask;

        void Each(SisaSettings settings, string text)
        {
            var source = DataSource.Parse(text);
            using var data = source.Load();
            using var test = source.Test!.Load(DataOptions.Matching(data));
            foreach (var seed in SisaSettings.Seeds)
            {
                Compare(context, Path.Combine(scratch, "run"), settings, data, test, seed, file, cancellationToken);
                file.Write(SisaPage.Render(file));
            }
        }
    }

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
            rows.Add(SisaRows.Training, name, SisaRows.TrainingSamples, bench.Index.TrainingCost.Samples);
            rows.Add(SisaRows.Training, name, SisaRows.TrainingSeconds, bench.Index.TrainingCost.Seconds);
            rows.Add(SisaRows.Training, name, SisaRows.Prediction, Prediction(context, bench));
            rows.Add(SisaRows.Training, name, SisaRows.Storage, bench.BytesOnDisk / bench.BytesOfOneCheckpoint);
            foreach (var count in counts)
            {
                for (var draw = 0; draw < SisaSettings.Draws; draw++)
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

    /// <summary>The table out of its archive, a fifth of it held out for testing.</summary>
    private static string LocationSource(string scratch)
    {
        using var archive = new GZipStream(File.OpenRead(Path.Combine(DataFolder.Of("location30"), "dataset_location.tgz")), CompressionMode.Decompress);
        using var reader = new TarReader(archive);
        var table = Path.Combine(scratch, "location30.csv");
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.Name.EndsWith("bangkok", StringComparison.Ordinal)) entry.ExtractToFile(table, overwrite: true);
        }

        return $"csv:{table}?label=c0&header=no&hold-out=0.2";
    }
}
