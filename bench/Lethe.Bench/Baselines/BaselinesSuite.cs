using Lethe.Bench.DeepObliviate;
using Lethe.Bench.Results;
using Lethe.Methods;
using Lethe.Methods.Options;
using Lethe.Training.Datasets;

namespace Lethe.Bench.Baselines;

/// <summary>Every method in one table on two scenarios, beside the original, gold and the noise floor.</summary>
internal sealed class BaselinesSuite : IBenchSuite
{
    public string Name => "baselines";

    public string Description =>
        "All methods, LeNet-5: wrong labels (MNIST) and one class (CIFAR-10 (JPEG)), with gold and the noise floor; about 20 minutes on 2 cores. Needs LETHE_DATA.";

    public SuiteSeeds Seeds => SuiteSeeds.Repeated(3);

    public Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var file = new ResultsFile(Name, context);
        var scratch = Path.Combine(Path.GetTempPath(), $"lethe-bench-{Environment.ProcessId}");
        try
        {
            Each($"mnist:{DataFolder.Of("mnist")}", BaselineScenarios.WrongLabels);
            Each($"image-folder:{Path.Combine(DataFolder.Of("cifar10-jpeg"), "cifar10-jpeg.tar.gz")}", BaselineScenarios.OneClass);
        }
        finally
        {
            if (Directory.Exists(scratch))
            {
                Directory.Delete(scratch, recursive: true);
            }
        }

        return Task.CompletedTask;

        void Each(string text, Func<TensorDataset, TensorDataset, ulong, int, BaselineScenario> make)
        {
            var source = DataSource.Parse(text);
            using var data = source.Load();
            using var test = source.Test!.Load();
            foreach (var seed in context.Seeds)
            {
                using var scenario = make(data, test, seed, context.Threads);
                Run(context, scratch, scenario, seed, file, cancellationToken);
            }
        }
    }

    public ResultsPage Render(ResultsFile file) => new BaselinesPage(file).Render();

    private void Run(BenchContext context, string scratch, BaselineScenario scenario, ulong seed, ResultsFile file, CancellationToken cancellation)
    {
        using (var bench = new Workbench(context, scratch, scenario.Data, scenario.Test, scenario.Recipe, scenario.Partition, cancellation, floorRepeats: 1))
        {
            Compare(bench, "", method => !NeedsShards(method));
        }

        var (recipe, partition) = scenario.Sharded(seed);
        using (var bench = new Workbench(context, scratch, scenario.Data, scenario.Test, recipe, partition, cancellation))
        {
            Compare(bench, BaselineRows.OfSisa, NeedsShards);
        }

        void Compare(Workbench bench, string of, Func<IUnlearningMethod, bool> serves)
        {
            context.Log($"{scenario.Name}, seed {seed}: original and two gold models{of}");
            using var gold = bench.Gold(scenario.Forgotten, seed, cancellation);
            using var other = bench.Gold(scenario.Forgotten, seed + BaselineSettings.GoldSeedOffset, cancellation);
            var rows = new BaselineRows(file, scenario, seed);
            var measures = new BaselineMeasures(bench, scenario, rows, gold.State, seed, cancellation);
            measures.Add(BaselineRows.Gold + of, gold.State);
            measures.Add(BaselineRows.Original + of, bench.OriginalState);
            measures.Add(BaselineRows.Floor + of, other.State);
            measures.AddCost(BaselineRows.Gold + of, gold.Cost.Samples, gold.Cost.Seconds, gold.Cost.Samples, gold.Cost.Seconds);
            foreach (var method in MethodCatalog.All.Where(method => serves(method) && method.Descriptor.Granularity.HasFlag(scenario.Named)))
            {
                cancellation.ThrowIfCancellationRequested();
                var name = method.Descriptor.Name;
                context.Log($"{scenario.Name}, seed {seed}: {name}");
                using var outcome = bench.Forget(scenario.Forgotten, method, MethodOptions.None, cancellation);
                measures.Add(name, outcome.State);
                rows.Add(name, BaselineRows.BytesWritten, outcome.BytesWritten);
                measures.AddCost(name, outcome.Samples, outcome.Seconds, gold.Cost.Samples, gold.Cost.Seconds);
                file.Write(Render(file));
            }
        }
    }

    private static bool NeedsShards(IUnlearningMethod method) => method.Descriptor.Needs.HasFlag(MethodNeeds.Shards);
}
