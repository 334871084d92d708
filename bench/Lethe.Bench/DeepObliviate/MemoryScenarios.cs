using Lethe.Core.Numerics;
using Lethe.Core.Partitions;
using Lethe.Core.Records;
using Lethe.Methods;
using Lethe.Methods.DeepObliviate;
using Lethe.Methods.Options;
using Lethe.Training.Datasets;
using Lethe.Training.Scenarios;
using Lethe.Training.Training;

namespace Lethe.Bench.DeepObliviate;

/// <summary>Settings in which the original demonstrably remembers what it is asked to forget (measure.md, last section).</summary>
internal static class MemoryScenarios
{
    public const string BackdoorScenario = "backdoor owner, last quarter of the blocks";
    public const string WrongLabelScenario = "wrong labels in the last block";
    public const string HitRate = "backdoor hit rate";
    public const string WrongLabelAccuracy = "wrong labels predicted";

    private const int OwnerRecords = 750;
    private const int OwnerTarget = 7;
    private const double WrongShare = 0.1;
    private const ulong WrongStream = 0x57524F4E47;

    /// <summary>An owner whose 750 stamped records lie in the last quarter of the blocks, 15 in each of 50.</summary>
    public static void Backdoor(
        BenchContext context, string scratch, TensorDataset data, TensorDataset test, MnistRows rows, CancellationToken cancellation)
    {
        context.Log($"seed {rows.Seed}: backdoor owner");
        var owner = BackdoorOwner.Create(data.Manifest, new BackdoorOptions
        {
            Count = OwnerRecords,
            StampedShare = 1,
            Target = OwnerTarget,
            Trigger = Trigger.Corner(data.Manifest.SampleShape),
            Seed = rows.Seed,
        });
        using var poisoned = owner.Apply(data);
        using var triggered = owner.TriggeredTest(test);
        using var bench = new Workbench(
            context,
            scratch,
            poisoned,
            test,
            MnistSettings.Recipe(rows.Seed, context.Threads),
            Partition.Create(poisoned.Manifest, MnistSettings.Stratified(rows.Seed) with { LateSubjects = [owner.Subject], LateShare = 0.25 }),
            cancellation);
        Compare(BackdoorScenario, HitRate, bench, rows, owner.Records, state => bench.Evaluate(state, triggered).Accuracy, cancellation);
    }

    /// <summary>A tenth of the last block's records carry a wrong label, in a setting that learns labels by heart.</summary>
    public static void WrongLabels(
        BenchContext context, string scratch, TensorDataset data, TensorDataset test, MnistRows rows, CancellationToken cancellation)
    {
        context.Log($"seed {rows.Seed}: wrong labels");
        var recipe = MnistSettings.Overfitting(rows.Seed, context.Threads);
        using var part = data.Select([.. Enumerable.Range(0, MnistSettings.OverfittingRecords)]);
        var partition = Partition.Create(part.Manifest, MnistSettings.OverfittingPartition(rows.Seed));
        var last = partition.Block(partition.BlockCount).ToArray();
        new CounterRandom(rows.Seed, WrongStream).Shuffle<int>(last);
        RecordId[] wrong = [.. last.Take((int)(WrongShare * last.Length)).Order().Select(static record => new RecordId(record))];
        var (corrupted, _) = CorruptedLabels.Apply(part, wrong, rows.Seed);
        using var owned = corrupted;
        using var bench = new Workbench(context, scratch, corrupted, test, recipe, partition, cancellation);
        int[] numbers = [.. wrong.Select(static record => record.Value)];
        Compare(WrongLabelScenario, WrongLabelAccuracy, bench, rows, wrong, state => bench.Evaluate(state, corrupted, numbers).Accuracy, cancellation);
    }

    private static void Compare(
        string scenario,
        string metric,
        Workbench bench,
        MnistRows rows,
        IReadOnlyList<RecordId> records,
        Func<StateDict, double> measure,
        CancellationToken cancellation)
    {
        using var gold = bench.Gold(records, rows.Seed + MnistSettings.GoldSeedOffset, cancellation);
        using var exact = bench.Forget(records, new Methods.Retrain.RetrainMethod(), MethodOptions.None, cancellation);
        using var outcome = bench.Forget(records, new DeepObliviateMethod(), MethodOptions.None, cancellation);
        rows.Add(scenario, MnistRows.Original, MnistRows.TestAccuracy, bench.Evaluate(bench.OriginalState, bench.Test).Accuracy);
        rows.Add(scenario, MnistRows.Original, metric, measure(bench.OriginalState));
        rows.Add(scenario, MnistRows.GoldOtherSeed, metric, measure(gold.State));
        rows.Add(scenario, MnistRows.Gold, metric, measure(exact.State));
        rows.Add(scenario, "deep-obliviate/floor", metric, measure(outcome.State));
        new Comparison(bench, rows, gold.Cost.Samples, gold.Cost.Seconds).Add(scenario, "deep-obliviate/floor", outcome, exact);
    }
}
