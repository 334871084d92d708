using Lethe.Core.Partitions;
using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Core.Requests;
using Lethe.Core.Store;
using Lethe.Methods.Editing;
using Lethe.Methods.Execution;
using Lethe.Methods.Options;
using Lethe.Torch;
using Lethe.Training.Datasets;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Methods.Tests.Baselines;

/// <summary>The run of tests/reference/baselines_a.py: ten records of four features, a network 4-6-2, all of them from formulas.</summary>
internal sealed class FormulaRun : IDisposable
{
    public const int Records = 10, Features = 4, Classes = 2;

    private readonly string _directory = Directory.CreateTempSubdirectory("lethe-formula-").FullName;

    public FormulaRun()
    {
        Data = TensorDataset.FromFloats(
            "formula", Formula(Records * Features, 0.3, 1.5), [Features], [.. Enumerable.Range(0, Records).Select(i => i % Classes)]);
        var recipe = new Recipe
        {
            Model = "mlp",
            ModelOptions = new Dictionary<string, string> { ["hidden"] = "6" },
            Blocks = 2,
            BatchSize = 1000,
            EpochsPerBlock = 1,
            LearningRate = 0.5,
            Momentum = 0.9,
            WeightDecay = 0.01,
            Threads = 1,
            Precision = Precision.Fp32,
            Normalization = Normalization.Identity,
        }.ResolvedFor(Data);
        Run = Run.Create(_directory, new RunConfig
        {
            Recipe = recipe,
            Partition = Partition.Create(Data.Manifest, new PartitionOptions { Blocks = 2 }),
            Dataset = DatasetReference.Of(Data.Manifest),
            Source = "formula",
        });
        TrainingSession.Train(Run, Data, progress: null, TestContext.Current.CancellationToken, new TrainingOptions { FloorBlocks = 1, FloorRepeats = 1 });
        using var state = State(1.0);
        Serve(state);
        RecordId[] records = [new(1), new(3), new(7)];
        Request = ForgetRequest.Create("r", new Selection.ByRecords(records), records, DateTimeOffset.UnixEpoch);
    }

    public TensorDataset Data { get; }

    public Run Run { get; }

    /// <summary>Forgets records 1, 3 and 7.</summary>
    public ForgetRequest Request { get; }

    /// <summary>start + 1.7·i, its sine, times scale.</summary>
    public static float[] Formula(int count, double start, double scale) =>
        [.. Enumerable.Range(0, count).Select(i => (float)(scale * Math.Sin(start + 1.7 * i)))];

    /// <summary>A state whose n-th parameter is the formula from start + n.</summary>
    public StateDict State(double start)
    {
        using var module = Run.CreateModel();
        foreach (var (index, (_, parameter)) in module.named_parameters().Index())
        {
            using var values = torch.tensor(Formula((int)parameter.numel(), start + index, 0.8));
            using var noGrad = torch.no_grad();
            parameter.copy_(values.reshape(parameter.shape));
        }
        return StateDict.FromModule(module);
    }

    /// <summary>Makes a state the served model, without any request.</summary>
    public void Serve(StateDict state) => Run.Commit(Run.Index with { Served = Run.Put(state) });

    /// <summary>What the method makes of the served model.</summary>
    public UnlearningResult Execute(string method, params ReadOnlySpan<(string, string)> options)
    {
        var plan = MethodCatalog.Find(method).Plan(Request, Run, Data.Manifest, MethodOptions.Of(options));
        return MethodCatalog.Find(method).Execute(
            plan, Request, new UnlearningContext(Run, Data, null, TimeProvider.System), TestContext.Current.CancellationToken);
    }

    /// <summary>An edit as a method's phase sees it.</summary>
    public Edit Edit(string method)
    {
        var descriptor = MethodCatalog.Find(method).Descriptor;
        var task = new EditTask(descriptor, Request, Run, Data.Manifest, ForgetScope.Of(Run, Request), MethodOptions.None.For(descriptor));
        return new Edit(task, Data);
    }

    public void Dispose()
    {
        Run.Dispose();
        Data.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
