using System.Text.Json;
using Lethe.Core.Partitions;
using Lethe.Core.Records;
using Lethe.Core.Requests;
using Lethe.Methods.Options;
using Lethe.Torch;
using Lethe.Training.Datasets;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Methods.Tests.Baselines;

/// <summary>A tiny network with given weights, and what PyTorch makes of it (tests/reference).</summary>
internal sealed class GoldenProblem : IDisposable
{
    private readonly JsonElement _golden;
    private readonly string _directory = Directory.CreateTempSubdirectory("lethe-golden-").FullName;
    private readonly TensorDataset _data;
    private readonly Run _run;
    private int _requests;

    public GoldenProblem(string file, string problem)
    {
        _golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "golden", file))).RootElement;
        var given = _golden.GetProperty(problem);
        var samples = Numbers(given.GetProperty("samples"));
        int[] labels = [.. given.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32())];
        _data = TensorDataset.FromFloats(problem, samples, [samples.Length / labels.Length], labels);
        var recipe = new Recipe
        {
            Model = "mlp",
            ModelOptions = new Dictionary<string, string> { ["hidden"] = "4" },
            Scheme = TrainingScheme.Plain,
            Blocks = 1,
            EpochsPerBlock = 1,
            BatchSize = labels.Length,
            LearningRate = 0.1,
            Normalization = Normalization.Identity,
            Threads = 1,
            Precision = Precision.Fp32,
        }.ResolvedFor(_data);
        _run = Run.Create(Path.Combine(_directory, "run"), new RunConfig
        {
            Recipe = recipe,
            Partition = Partition.Create(_data.Manifest, new PartitionOptions { Blocks = 1 }),
            Dataset = DatasetReference.Of(_data.Manifest),
            Source = problem,
        });
        TrainingSession.Train(_run, _data, progress: null, TestContext.Current.CancellationToken);
        Serve(given.GetProperty("weights"));
    }

    /// <summary>Forgets by a method and compares every weight.</summary>
    public void Check(string method, string expected, params ReadOnlySpan<(string, string)> options)
    {
        using var result = Forget(method, options);
        foreach (var layer in _golden.GetProperty(expected).EnumerateObject())
        {
            var (want, got) = (Numbers(layer.Value), result.Candidate.Values(layer.Name));
            for (var i = 0; i < want.Length; i++) Assert.True(Math.Abs(want[i] - got[i]) < 2e-5, $"{layer.Name}[{i}] is {got[i]}, not {want[i]}.");
        }
    }

    public UnlearningResult Forget(string method, params ReadOnlySpan<(string, string)> options)
    {
        RecordId[] records = [.. _golden.GetProperty("forget").EnumerateArray().Select(record => new RecordId(record.GetInt32()))];
        var request = ForgetRequest.Create($"r{_requests++}", new Selection.ByRecords(records), records, DateTimeOffset.UnixEpoch);
        var found = MethodCatalog.Find(method);
        var plan = found.Plan(request, _run, _data.Manifest, MethodOptions.Of(options));
        return found.Execute(plan, request, new UnlearningContext(_run, _data, null, TimeProvider.System), TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        _run.Dispose();
        _data.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private void Serve(JsonElement weights)
    {
        using var module = _run.CreateModel();
        using (torch.no_grad())
        {
            foreach (var (name, parameter) in module.named_parameters())
            {
                using var values = torch.tensor(Numbers(weights.GetProperty(name)), parameter.shape);
                parameter.copy_(values);
            }
        }
        using var state = StateDict.FromModule(module);
        _run.Commit(_run.Index with { Generation = _run.Index.Generation + 1, Served = _run.Put(state) });
    }

    private static float[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetSingle())];
}
