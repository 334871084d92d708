using Lethe.Methods;
using Lethe.Training.Runs;

namespace Lethe.Tests.Import;

public sealed class ImportedMethodsTests(PythonModels python)
{
    private const MethodNeeds History = MethodNeeds.Recipe | MethodNeeds.BlockCheckpoints | MethodNeeds.Shards;

    private static readonly IReadOnlyList<MethodDescriptor> Editing =
        [.. MethodCatalog.Names.Select(name => MethodCatalog.Find(name).Descriptor).Where(method => (method.Needs & History) == 0)];

    [Fact]
    public void EveryMethodThatNeedsNoHistoryServesAnImportedModel()
    {
        string imported = python.Fresh();
        var engine = new LetheEngine();
        var cancellation = TestContext.Current.CancellationToken;
        engine.Import(
            new ImportRequest { Model = python.Model("odd"), Data = new DataRequest { Source = python.Data }, Out = imported, Normalize = "0.3,0.25", Threads = 1 },
            cancellation: cancellation);
        var records = new RecordSelection { Records = "0-19" };
        Assert.NotNull(engine.Plan(imported, records).Plans.Single(plan => plan.Method == "amnesiac").Refusal);
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
    }
}
