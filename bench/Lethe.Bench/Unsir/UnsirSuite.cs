using Lethe.Bench.DeepObliviate;
using Lethe.Bench.Results;
using Lethe.Core.Numerics;
using Lethe.Core.Partitions;
using Lethe.Core.Records;
using Lethe.Methods;
using Lethe.Methods.Options;
using Lethe.Training.Datasets;

namespace Lethe.Bench.Unsir;

/// <summary>UNSIR on CIFAR-10: whole classes, beside gold, its controls and the notebook's algorithm in PyTorch.</summary>
internal sealed class UnsirSuite(UnsirProtocol protocol) : IBenchSuite
{
    private const ulong DrawStream = 0x554E5349;

    /// <summary>The same test records in every seed.</summary>
    private const ulong TestSeed = 1;

    public string Name => protocol.Suite;

    public string Description =>
        $"UNSIR on CIFAR-10 (JPEG), {string.Join(" and ", protocol.Trials.Select(static trial => trial.Model))}, whole classes, with controls and the notebook's algorithm in PyTorch; {protocol.Duration}. Needs LETHE_DATA.";

    public SuiteSeeds Seeds => SuiteSeeds.Repeated(protocol.SeedCount);

    public Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var source = DataSource.Parse($"image-folder:{Path.Combine(DataFolder.Of("cifar10-jpeg"), "cifar10-jpeg.tar.gz")}");
        context.Log("reading the pictures");
        using var all = source.Load();
        using var allTest = source.Test!.Load();
        using var test = Part(allTest, protocol.TestPerClass, TestSeed);
        var file = new ResultsFile(Name, context);
        var scratch = Path.Combine(Path.GetTempPath(), $"lethe-bench-{Environment.ProcessId}");
        try
        {
            foreach (var trial in protocol.Trials)
            {
                foreach (var seed in context.Seeds) Seed(context, scratch, file, trial, seed, all, test, cancellationToken);
            }
        }
        finally
        {
            if (Directory.Exists(scratch)) Directory.Delete(scratch, recursive: true);
        }

        return Task.CompletedTask;
    }

    public ResultsPage Render(ResultsFile file) => UnsirPage.Render(file, protocol);

    private void Seed(
        BenchContext context, string scratch, ResultsFile file, UnsirTrial trial, ulong seed, TensorDataset all, TensorDataset test, CancellationToken cancellation)
    {
        using var data = Part(all, trial.TrainPerClass, seed);
        context.Log($"{trial.Model}, seed {seed}: training the original on {data.Count} records");
        var partition = Partition.Create(data.Manifest, new PartitionOptions { Blocks = 1, Seed = seed });
        using var bench = new Workbench(context, scratch, data, test, trial.Recipe(seed, context.Threads), partition, cancellation);
        foreach (var (classes, number) in trial.Scenarios.Select(static (classes, number) => (classes, number)))
        {
            var scenario = UnsirPage.Words(classes);
            context.Log($"{trial.Model}, seed {seed}: classes {scenario}");
            var rows = new UnsirRows(file, trial.Model, scenario, seed);
            var measures = new UnsirMeasures(bench, rows, classes);
            RecordId[] records = [.. measures.Forgotten.Select(static record => new RecordId(record))];
            using var gold = bench.Gold(records, seed, cancellation);
            var goldRelearn = measures.Add(UnsirRows.Gold, gold.State, null, cancellation);
            measures.Add(UnsirRows.Original, bench.OriginalState, goldRelearn, cancellation);
            rows.Add(UnsirRows.Gold, UnsirRows.Samples, gold.Cost.Samples);
            rows.Add(UnsirRows.Gold, UnsirRows.Seconds, gold.Cost.Seconds);
            double? notebook = trial.Reference && number == trial.Scenarios.Count - 1 ? Notebook(bench, scratch, rows, trial, classes, context.Threads, cancellation) : null;
            foreach (var (name, options) in UnsirRows.Methods.Where(method => method.Name != UnsirRows.Tuned || number < trial.TunedScenarios))
            {
                (string, string)[] sizes = [("retain-per-class", $"{trial.RetainPerClass}"), .. UnsirRows.MakesNoise(options) ? [("noise-batch", $"{trial.NoiseBatch}")] : Array.Empty<(string, string)>()];
                context.Log($"{trial.Model}, seed {seed}: classes {scenario}: {name}");
                using var outcome = bench.Forget(records, MethodCatalog.Find("unsir"), MethodOptions.Of([.. options, .. sizes]), cancellation);
                measures.Add(name, outcome.State, goldRelearn, cancellation);
                rows.Add(name, UnsirRows.Samples, outcome.Samples);
                rows.Add(name, UnsirRows.Seconds, outcome.Seconds);
                rows.Add(name, UnsirRows.SampleSpeedUp, gold.Cost.Samples / (double)outcome.Samples);
                rows.Add(name, UnsirRows.SecondSpeedUp, gold.Cost.Seconds / outcome.Seconds);
                if (notebook is { } seconds && (name is UnsirRows.Default or UnsirRows.AsPublished))
                    rows.Add(name, UnsirRows.NotebookRatio, seconds / outcome.Seconds);
                Objectives(rows, name, [.. outcome.Findings.Numbers.Where(static finding => finding.Name.StartsWith("noise objective", StringComparison.Ordinal)).Select(static finding => finding.Values)]);
                file.Write(Render(file));
            }
        }
    }

    /// <summary>The notebook's algorithm on the same weights; its seconds.</summary>
    private static double Notebook(
        Workbench bench, string scratch, UnsirRows rows, UnsirTrial trial, int[] classes, int threads, CancellationToken cancellation)
    {
        var result = NotebookReference.Run(bench, scratch, classes, trial, threads, rows.Seed, cancellation);
        var seconds = result.GetProperty("seconds").GetDouble();
        rows.Add(UnsirRows.Notebook, UnsirRows.Seconds, seconds);
        rows.Add(UnsirRows.Notebook, UnsirRows.ForgottenAccuracy, result.GetProperty("forgotten").GetDouble());
        rows.Add(UnsirRows.Notebook, UnsirRows.RetainedAccuracy, result.GetProperty("retained").GetDouble());
        Objectives(rows, UnsirRows.Notebook, [.. result.GetProperty("objective").EnumerateArray().Select(static series => series.EnumerateArray().Select(static x => x.GetDouble()).ToArray())]);
        return seconds;
    }

    /// <summary>The mean over the classes of each entry.</summary>
    private static void Objectives(UnsirRows rows, string method, IReadOnlyList<IReadOnlyList<double>> series)
    {
        for (var i = 0; series.Count > 0 && i < series[0].Count; i++)
            rows.Add(method, $"{UnsirRows.Fingerprint}{8 * i + 1}-{8 * i + 8}", series.Average(values => values[i]));
    }

    private static TensorDataset Part(TensorDataset all, int perClass, ulong seed) => all.Select(
    [
        .. Enumerable.Range(0, all.Manifest.ClassCount).SelectMany(label =>
        {
            int[] records = [.. all.Manifest.RecordsOf(label).Select(static record => record.Value)];
            new CounterRandom(seed, DrawStream + (ulong)label).Shuffle<int>(records);
            return records.Take(perClass);
        }).Order(),
    ]);
}
