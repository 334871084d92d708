using Lethe.Core.Numerics;
using Lethe.Core.Partitions;
using Lethe.Core.Progress;
using Lethe.Operations;
using Lethe.Training.Datasets;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Bench.ULira;

/// <summary>The shadow and gold models of a scheme; what trained ones say is kept among the temporary files, so that a stopped suite goes on.</summary>
internal sealed class ULiraModels : IDisposable
{
    private const ulong GoldStream = 0x474F4C44;

    private readonly Run _run;
    private readonly ShadowFarm _farm;
    private readonly ULiraScheme _scheme;

    /// <param name="context">Seed and clock.</param>
    /// <param name="scheme">How the models are trained.</param>
    /// <param name="data">The trained writers' digits.</param>
    /// <param name="unseen">Other writers' digits.</param>
    /// <param name="targets">The records that are asked about.</param>
    public ULiraModels(BenchContext context, ULiraScheme scheme, TensorDataset data, TensorDataset unseen, IReadOnlyList<int> targets)
    {
        _scheme = scheme;
        var recipe = context.Resolve(scheme.Recipe, data);
        var folder = FolderOf(context);
        var template = Path.Combine(folder, $"{scheme.Name}-{recipe.Digest.Short}");
        _run = Directory.Exists(template) ? Run.Open(template, writable: true) : Run.Create(template, new RunConfig
        {
            Recipe = recipe,
            Partition = Partition.Create(data.Manifest, scheme.Partition),
            Dataset = DatasetReference.Of(data.Manifest),
            Source = data.Manifest.Name,
        });
        _farm = new ShadowFarm(_run, data, unseen, folder, new ShadowOptions { Training = ULiraScheme.Training(context.Time), Time = context.Time });
        var request = new ShadowRequest
        {
            Targets = targets,
            Unit = ShadowUnit.Subjects,
            PerSide = ULiraScheme.PerSide,
            Seed = scheme.Recipe.Seed,
            Methods = [.. scheme.Methods.Select(entry => entry.Method)],
        };
        Shadows = request.Jobs(data.Manifest);
        Golds = [.. Enumerable.Range(0, scheme.Golds).Select(i => request.Gold(CounterRandom.DeriveSeed(scheme.Recipe.Seed, GoldStream, (ulong)i)))];
    }

    /// <summary>Where what the models say is kept.</summary>
    public static string FolderOf(BenchContext context) => Path.Combine(Path.GetTempPath(), $"lethe-bench-u-lira-{context.Seed}");

    public IReadOnlyList<ShadowJob> Shadows { get; }

    public IReadOnlyList<ShadowJob> Golds { get; }

    public void Train(Action<string> log, CancellationToken cancellation) => _farm.Grow([.. Shadows, .. Golds], new Lines(_scheme.Name, log), cancellation);

    public ShadowLogits Read(ShadowJob job, ShadowMethod? method = null) => _farm.Read(job, method);

    public void Dispose() => _run.Dispose();

    private sealed class Lines(string scheme, Action<string> log) : IProgress<ProgressUpdate>
    {
        private string? _last;

        public void Report(ProgressUpdate value)
        {
            if (value.Detail == _last) return;
            _last = value.Detail;
            log($"{scheme}: {value.Detail} models");
        }
    }
}
