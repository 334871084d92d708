using Lethe.Methods;
using Lethe.Training.Runs;

namespace Lethe.Tests.Import;

public sealed class ImportedMethodsTests(PythonModels python)
{
    private static readonly string[] EditingBaselines =
        ["neg-grad", "advanced-neg-grad", "cf-k", "eu-k", "random-labels", "bad-teacher", "scrub", "ssd", "boundary-shrink", "salun"];

    [Fact]
    public void EveryBaselineThatNeedsNoHistoryServesAnImportedModel()
    {
        string imported = python.Fresh();
        var engine = new LetheEngine();
        var cancellation = TestContext.Current.CancellationToken;
        engine.Import(
            new ImportRequest { Model = python.Model("odd"), Data = new DataRequest { Source = python.Data }, Out = imported, Normalize = "0.3,0.25", Threads = 1 },
            cancellation: cancellation);
        var selection = new RecordSelection { Records = "0-19" };
        var plans = engine.Plan(imported, selection).Plans;
        Assert.NotNull(plans.Single(plan => plan.Method == "amnesiac").Refusal);
        foreach (string method in EditingBaselines)
        {
            Assert.Null(plans.Single(plan => plan.Method == method).Refusal);
            var epochs = MethodCatalog.Find(method).Descriptor.Options.Any(option => option.Name == "epochs") ? new Dictionary<string, string> { ["epochs"] = "1" } : [];
            string copy = python.Copy(imported);
            engine.Forget(copy, selection, new ForgettingOptions { Method = method, Settings = epochs, Measure = false }, cancellation: cancellation);
            using var run = Run.Open(copy, writable: false);
            using var state = run.Load(run.Index.Served!.Value);
            foreach (string name in state.ParameterNames.Concat(state.BufferNames))
                Assert.All(state.Values(name), value => Assert.True(float.IsFinite(value), $"{method}: {name}"));
        }
    }
}
