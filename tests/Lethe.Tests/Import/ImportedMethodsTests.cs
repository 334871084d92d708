using Lethe.Methods;
using Lethe.Training.Runs;

namespace Lethe.Tests.Import;

public sealed class ImportedMethodsTests(PythonModels python)
{
    private const MethodNeeds History = MethodNeeds.Recipe | MethodNeeds.BlockCheckpoints | MethodNeeds.Shards;

    private static readonly IReadOnlyList<MethodDescriptor> Editing =
        [.. MethodCatalog.Names.Select(name => MethodCatalog.Find(name).Descriptor).Where(method => (method.Needs & History) == 0)];

    [Theory]
    [InlineData(null)]
    [InlineData("mlp")]
    public void EveryMethodThatNeedsNoHistoryServesAnImportedModel(string? network)
    {
        string imported = python.Fresh();
        var engine = new LetheEngine();
        var cancellation = TestContext.Current.CancellationToken;
        engine.Import(
            new ImportRequest
            {
                Model = network is null ? python.Model("odd") : python.Weights(network),
                Network = network,
                NetworkOptions = network is null ? new Dictionary<string, string>() : new() { ["hidden"] = "16" },
                Data = new DataRequest { Source = python.Data },
                Out = imported,
                Normalize = "0.3,0.25",
                Threads = 1,
            },
            cancellation: cancellation);
        var records = new RecordSelection { Records = "0-19" };
        var plans = engine.Plan(imported, records).Plans;
        Assert.All(plans.Where(plan => plan.Refusal is null), plan => Assert.NotNull(plan.Estimate.Seconds));
        Refuses("retrain", "retrain needs the recipe that the model was trained by, and an imported model comes without one.");
        Refuses("sisa", "sisa needs shards, which this run does not have: train with --scheme sisa.");
        foreach (string blockwise in new[] { "deep-obliviate", "amnesiac" })
            Refuses(blockwise, $"{blockwise} needs training in blocks with a checkpoint after each, which this run does not have: train with --scheme deep-obliviate.");
        foreach (var descriptor in Editing)
        {
            string method = descriptor.Name;
            var selection = descriptor.Granularity.HasFlag(Granularity.Records) ? records : new RecordSelection { Classes = "0" };
            Assert.Null(engine.Plan(imported, selection).Plans.Single(plan => plan.Method == method).Refusal);
            var epochs = descriptor.Options.Any(option => option.Name == "epochs") ? new Dictionary<string, string> { ["epochs"] = "1" } : [];
            string copy = python.Copy(imported);
            engine.Forget(copy, selection, new ForgettingOptions { Method = method, Settings = epochs, Measure = false, Serve = true }, cancellation: cancellation);
            using var run = Run.Open(copy, writable: false);
            using var state = run.Load(run.Index.Served!.Value);
            foreach (string name in state.ParameterNames.Concat(state.BufferNames))
                Assert.All(state.Values(name), value => Assert.True(float.IsFinite(value), $"{method}: {name}"));
        }

        void Refuses(string method, string words) => Assert.Equal(words, plans.Single(plan => plan.Method == method).Refusal);
    }
}
