using Lethe.Core.Errors;
using Lethe.Core.Partitions;
using Lethe.Core.Progress;
using Lethe.Core.Records;
using Lethe.Methods;
using Lethe.Operations;
using Lethe.Training.Datasets;
using Lethe.Training.Models;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Tests.Shadows;

/// <summary>Shadow models of tiny runs in this process.</summary>
public sealed class ShadowFarmTests : IDisposable
{
    private const int Records = 48, Features = 4, PerPerson = 4;
    private static readonly int[] Targets = [.. Enumerable.Range(8, 12)];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lethe-shadows-");
    private readonly TensorDataset _data = Made(Records, 0);
    private readonly TensorDataset _test = Made(10, 1000);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _data.Dispose();
        _test.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void A_method_is_repeated_with_all_options_of_its_plan_also_with_those_that_nobody_could_give_together()
    {
        using var run = Template(TrainingScheme.Plain);
        var options = MethodCatalog.Find("scrub").Descriptor.Options.Where(option => option.Default is not null).ToDictionary(option => option.Name, option => option.Default!);
        var farm = Farm(run, "store");
        var jobs = Jobs(new("scrub", new Dictionary<string, string>(options) { ["epochs"] = "1", ["msteps"] = "0" }));
        farm.Grow(jobs, cancellation: Cancellation);
        Assert.Equal(0, farm.Price(jobs).Missing);
    }

    [Fact]
    public void What_is_in_the_store_is_not_trained_again_and_damage_is_noticed()
    {
        using var run = Template(TrainingScheme.Plain);
        var farm = Farm(run, "store");
        var jobs = Jobs(new("fine-tune", new Dictionary<string, string> { ["epochs"] = "1" }));
        Assert.Equal(jobs.Count, farm.Price(jobs).Missing);
        farm.Grow(jobs, cancellation: Cancellation);
        Assert.Equal(0, farm.Price(jobs).Missing);
        string[] files = Files("store");
        Assert.Equal(2 * jobs.Count, files.Length);
        Assert.False(Directory.Exists(Path.Combine(_folder.FullName, "store", "work")) && Directory.EnumerateFileSystemEntries(Path.Combine(_folder.FullName, "store", "work")).Any());
        var heard = new Heard();
        farm.Grow(jobs, heard, Cancellation);
        Assert.Empty(heard.Updates);
        var answers = farm.Read(jobs[0], jobs[0].Methods[0]);
        Assert.Equal((Records, 2), (answers.Training.GetLength(0), answers.Training.GetLength(1)));
        Assert.Equal(10, answers.Unseen!.GetLength(0));
        Assert.NotEqual(farm.Read(jobs[0]).Training, answers.Training);

        byte[] bytes = File.ReadAllBytes(files[0]);
        bytes[^1] ^= 1;
        File.WriteAllBytes(files[0], bytes);
        Assert.Contains(jobs, job => Record.Exception(() => { farm.Read(job); farm.Read(job, job.Methods[0]); }) is StoreDamagedException);
        Assert.Equal(1, farm.Price(jobs).Missing);
        farm.Grow(jobs, cancellation: Cancellation);
        Assert.Equal(files, Files("store"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(13)]
    public void A_stopped_farm_goes_on_to_the_same_bytes(int steps)
    {
        using var run = Template(TrainingScheme.Plain);
        var jobs = Jobs(new("fine-tune", new Dictionary<string, string>()));
        Farm(run, "whole").Grow(jobs, cancellation: Cancellation);
        using var stop = new CancellationTokenSource();
        var heard = new Heard(() => { if (--steps == 0) stop.Cancel(); });
        Assert.ThrowsAny<OperationCanceledException>(() => Farm(run, "stopped").Grow(jobs, heard, stop.Token));
        Farm(run, "stopped").Grow(jobs, heard, Cancellation);
        Assert.Equal(Contents("whole"), Contents("stopped"));
        Assert.Equal(heard.Updates.Select(update => update.Done).Max(), heard.Updates[^1].Total);
    }

    [Theory]
    [InlineData(TrainingScheme.Sisa, "sisa")]
    [InlineData(TrainingScheme.DeepObliviate, "retrain")]
    public void After_exact_forgetting_a_model_says_what_one_says_that_never_saw_the_records(TrainingScheme scheme, string method)
    {
        using var run = Template(scheme);
        var farm = Farm(run, "store");
        var chosen = new ShadowMethod(method, new Dictionary<string, string>());
        var jobs = Jobs(chosen).Take(2).ToList();
        var golds = jobs.Select(job => Request().Gold(job.Seed)).ToList();
        farm.Grow([.. jobs, .. golds], cancellation: Cancellation);
        for (int i = 0; i < jobs.Count; i++)
        {
            Assert.Equal(farm.Read(golds[i]).Training, farm.Read(jobs[i], chosen).Training);
            Assert.NotEqual(farm.Read(golds[i]).Training, farm.Read(jobs[i]).Training);
        }
    }

    [Fact]
    public void DeepObliviate_forgets_in_shadows_of_runs_in_blocks()
    {
        using var run = Template(TrainingScheme.DeepObliviate);
        var farm = Farm(run, "store");
        var chosen = new ShadowMethod("deep-obliviate", new Dictionary<string, string>());
        var jobs = Jobs(chosen).Take(1).ToList();
        farm.Grow(jobs, cancellation: Cancellation);
        Assert.NotEqual(farm.Read(jobs[0]).Training, farm.Read(jobs[0], chosen).Training);
    }

    [Fact]
    public void Keys_tell_everything_apart_that_changes_the_answers()
    {
        using var run = Template(TrainingScheme.Plain);
        var job = Jobs(new("fine-tune", new Dictionary<string, string>()))[0];
        Digest Key(ShadowJob asked, params (string, string)[] options) =>
            ShadowStore.KeyOf(run, null, asked, new ShadowMethod("fine-tune", options.ToDictionary(option => option.Item1, option => option.Item2)));
        Digest[] keys =
        [
            Key(job), Key(job, ("epochs", "2")), Key(job with { Seed = 99 }), Key(job with { Excluded = [.. job.Excluded.Skip(1)] }),
            Key(job with { Forgotten = [.. job.Forgotten.Skip(1)] }), Key(job with { Unit = ShadowUnit.Classes }),
            ShadowStore.KeyOf(run, null, job), ShadowStore.KeyOf(run, _test.Manifest.Digest, job),
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal(Key(job, ("a", "1"), ("b", "2")), Key(job, ("b", "2"), ("a", "1")));
        Assert.Equal(ShadowStore.KeyOf(run, null, job with { Forgotten = [] }), Key(job with { Forgotten = [] }));
    }

    [Fact]
    public void Imported_runs_and_other_data_are_refused()
    {
        using var imported = Run.Create(Path.Combine(_folder.FullName, "imported"), Config(TrainingScheme.Imported) with { Network = [1] });
        Assert.Contains("was imported", Assert.Throws<BadDataException>(() => Farm(imported, "store")).Message, StringComparison.Ordinal);
        using var run = Template(TrainingScheme.Plain);
        Assert.Throws<BadDataException>(() => new ShadowFarm(run, _test, null, "store"));
    }

    private static TensorDataset Made(int count, int offset) => TensorDataset.FromFloats(
        "made", [.. Enumerable.Range(offset, count * Features).Select(i => (float)Math.Sin(i * 12.9898) * (1 + i % 3))], [Features],
        [.. Enumerable.Range(0, count).Select(i => i * 7 % 5 % 2)], ["a", "b"], [.. Enumerable.Range(0, count).Select(i => new SubjectId($"p{i / PerPerson}"))]);

    private ShadowRequest Request(params IReadOnlyList<ShadowMethod> methods) =>
        new() { Targets = Targets, Unit = ShadowUnit.Subjects, PerSide = 2, Seed = 5, Methods = methods };

    private IReadOnlyList<ShadowJob> Jobs(ShadowMethod method) => Request(method).Jobs(_data.Manifest);

    private ShadowFarm Farm(Run run, string store) => new(run, _data, _test, Path.Combine(_folder.FullName, store));

    private Run Template(TrainingScheme scheme) => Run.Create(Path.Combine(_folder.FullName, $"run-{scheme}"), Config(scheme));

    private RunConfig Config(TrainingScheme scheme)
    {
        int blocks = scheme is TrainingScheme.Plain or TrainingScheme.Imported ? 1 : 4;
        var recipe = new Recipe
        {
            Scheme = scheme,
            Model = scheme == TrainingScheme.Imported ? ImportedModel.ModelName : "mlp",
            ModelOptions = scheme == TrainingScheme.Imported ? new Dictionary<string, string>() : new Dictionary<string, string> { ["hidden"] = "6" },
            Blocks = blocks,
            Shards = scheme == TrainingScheme.Sisa ? 2 : 1,
            EpochsPerBlock = 3,
            BatchSize = 8,
            Threads = 1,
        };
        return new RunConfig
        {
            Recipe = recipe.ResolvedFor(_data),
            Partition = Partition.Create(_data.Manifest, new PartitionOptions { Blocks = blocks, Seed = 1 }),
            Dataset = DatasetReference.Of(_data.Manifest),
            Source = "made",
        };
    }

    private string[] Files(string store) => [.. Directory.EnumerateFiles(Path.Combine(_folder.FullName, store)).Order(StringComparer.Ordinal)];

    private Dictionary<string, Digest> Contents(string store) => Files(store).ToDictionary(file => Path.GetFileName(file), file => Digest.Of(File.ReadAllBytes(file)));

    private sealed class Heard(Action? on = null) : IProgress<ProgressUpdate>
    {
        public List<ProgressUpdate> Updates { get; } = [];

        public void Report(ProgressUpdate value)
        {
            Updates.Add(value);
            on?.Invoke();
        }
    }
}
