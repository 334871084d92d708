using Lethe.Bench.Results;
using Lethe.Core.Numerics;
using Lethe.Core.Partitions;
using Lethe.Core.Records;
using Lethe.Methods;
using Lethe.Methods.DeepObliviate;
using Lethe.Methods.Options;
using Lethe.Methods.Retrain;
using Lethe.Training.Datasets;
using Lethe.Verification;

namespace Lethe.Bench.DeepObliviate;

/// <summary>DeepObliviate on MNIST with LeNet-5: speed-up, agreement with gold, people, scattered records, backdoor and wrong labels.</summary>
internal sealed class DeepObliviateMnistSuite : IBenchSuite
{
    private const ulong DrawStream = 0x44524157;

    private static readonly StopMode[] Modes = [StopMode.Floor, StopMode.Fit, StopMode.Dfa];

    public string Name => "deep-obliviate-mnist";

    public string Description =>
        "DeepObliviate on MNIST, LeNet-5: one record, one writer, scattered records, backdoor owner, wrong labels; about 30 minutes on 2 cores. Needs LETHE_DATA.";

    public SuiteSeeds Seeds => SuiteSeeds.Repeated(3);

    public Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var folder = DataFolder.Of("mnist");
        var source = DataSource.Parse($"mnist:{folder}");
        using var data = source.Load(new DataOptions { WritersFile = Path.Combine(folder, "qmnist-train-labels-idx2-int.gz") });
        using var test = source.Test!.Load();
        var file = new ResultsFile(Name, context);
        var scratch = Path.Combine(Path.GetTempPath(), $"lethe-bench-{Environment.ProcessId}");
        try
        {
            foreach (var seed in context.Seeds)
            {
                var rows = new MnistRows(file, seed);
                Records(context, scratch, data, test, rows, cancellationToken);
                Writers(context, scratch, data, test, rows, cancellationToken);
                MemoryScenarios.Backdoor(context, scratch, data, test, rows, cancellationToken);
                MemoryScenarios.WrongLabels(context, scratch, data, test, rows, cancellationToken);
                file.Write(Render(file));
            }
        }
        finally
        {
            if (Directory.Exists(scratch))
            {
                Directory.Delete(scratch, recursive: true);
            }
        }

        return Task.CompletedTask;
    }

    public ResultsPage Render(ResultsFile file) => DeepObliviateMnistPage.Render(file);

    private static void Records(
        BenchContext context, string scratch, TensorDataset data, TensorDataset test, MnistRows rows, CancellationToken cancellation)
    {
        context.Log($"seed {rows.Seed}: training the original (stratified)");
        using var bench = new Workbench(
            context, scratch, data, test, MnistSettings.Recipe(rows.Seed, context.Threads), Partition.Create(data.Manifest, MnistSettings.Stratified(rows.Seed)), cancellation);
        var draws = new CounterRandom(rows.Seed, DrawStream);
        RecordId[] records = [.. Enumerable.Range(0, MnistSettings.RecordDraws).Select(_ => new RecordId(draws.NextInt32(data.Count)))];
        var comparison = Baseline("one record", bench, rows, [records[0]], cancellation);
        foreach (var (record, index) in records.Select(static (record, index) => (record, index)))
        {
            context.Log($"seed {rows.Seed}: record {index + 1} of {records.Length}");
            Forget("one record", bench, comparison, [record], index < MnistSettings.SlopeDraws ? Modes : Modes[..1], index < MnistSettings.RecordGolds, cancellation);
        }

        foreach (var count in MnistSettings.ScatteredCounts)
        {
            context.Log($"seed {rows.Seed}: {count} scattered records");
            Scattered(bench, comparison, count, draws, data.Count, cancellation);
        }
    }

    private static void Writers(
        BenchContext context, string scratch, TensorDataset data, TensorDataset test, MnistRows rows, CancellationToken cancellation)
    {
        context.Log($"seed {rows.Seed}: training the original (by writer)");
        using var bench = new Workbench(
            context, scratch, data, test, MnistSettings.Recipe(rows.Seed, context.Threads), Partition.Create(data.Manifest, MnistSettings.BySubject(rows.Seed)), cancellation);
        var draws = new CounterRandom(rows.Seed, DrawStream, 1);
        var writers = data.Manifest.DistinctSubjects;
        IReadOnlyList<RecordId>[] people =
            [.. Enumerable.Range(0, MnistSettings.WriterDraws).Select(_ => data.Manifest.RecordsOf(writers[draws.NextInt32(writers.Count)]))];
        var comparison = Baseline("one writer", bench, rows, people[0], cancellation);
        foreach (var (records, index) in people.Select(static (records, index) => (records, index)))
        {
            context.Log($"seed {rows.Seed}: writer {index + 1} of {people.Length}");
            Forget("one writer", bench, comparison, records, Modes[..1], index < MnistSettings.WriterGolds, cancellation);
        }
    }

    /// <summary>The figures that need no forget: the original, and gold against gold with another seed, which is the noise of training.</summary>
    private static Comparison Baseline(string scenario, Workbench bench, MnistRows rows, IReadOnlyList<RecordId> records, CancellationToken cancellation)
    {
        using var gold = bench.Gold(records, rows.Seed, cancellation);
        using var other = bench.Gold(records, rows.Seed + MnistSettings.GoldSeedOffset, cancellation);
        var goldTest = bench.Evaluate(gold.State, bench.Test);
        var otherTest = bench.Evaluate(other.State, bench.Test);
        var originalTest = bench.Evaluate(bench.OriginalState, bench.Test);
        rows.Add(scenario, MnistRows.Original, MnistRows.TestAccuracy, originalTest.Accuracy);
        rows.Add(scenario, MnistRows.Original, MnistRows.Agreement, Agreement.Between(originalTest.Predictions, goldTest.Predictions));
        rows.Add(scenario, MnistRows.GoldOtherSeed, MnistRows.TestAccuracy, otherTest.Accuracy);
        rows.Add(scenario, MnistRows.GoldOtherSeed, MnistRows.Agreement, Agreement.Between(otherTest.Predictions, goldTest.Predictions));
        rows.Add(scenario, MnistRows.Gold, MnistRows.Samples, gold.Cost.Samples);
        rows.Add(scenario, MnistRows.Gold, MnistRows.Seconds, gold.Cost.Seconds);
        rows.Add(scenario, MnistRows.Original, "training seconds with checkpoints", bench.Index.TrainingCost.Seconds);
        rows.Add(scenario, MnistRows.Original, "noise floor seconds", bench.Index.NoiseFloor?.Cost.Seconds ?? double.NaN);
        return new Comparison(bench, rows, gold.Cost.Samples, gold.Cost.Seconds);
    }

    private static void Forget(
        string scenario, Workbench bench, Comparison comparison, IReadOnlyList<RecordId> records, StopMode[] modes, bool withGold, CancellationToken cancellation)
    {
        using var gold = withGold ? bench.Forget(records, new RetrainMethod(), MethodOptions.None, cancellation) : null;
        foreach (var mode in modes)
        {
            var options = MethodOptions.Of(("stop", mode.ToString()));
            using var outcome = bench.Forget(records, new DeepObliviateMethod(), options, cancellation);
            comparison.Add(scenario, $"deep-obliviate/{mode}".ToLowerInvariant(), outcome, gold);
        }
    }

    private static void Scattered(Workbench bench, Comparison comparison, int count, CounterRandom draws, int total, CancellationToken cancellation)
    {
        var all = Enumerable.Range(0, total).ToArray();
        draws.Shuffle<int>(all);
        RecordId[] records = [.. all.Take(count).Order().Select(static record => new RecordId(record))];
        using var gold = bench.Forget(records, new RetrainMethod(), MethodOptions.None, cancellation);
        foreach (var jump in new[] { false, true })
        {
            using var outcome = bench.Forget(records, new DeepObliviateMethod(), MethodOptions.Of(("jump", jump.ToString())), cancellation);
            comparison.Add($"{count} scattered", jump ? "deep-obliviate/floor/jump" : "deep-obliviate/floor", outcome, gold);
        }
    }
}
