using Lethe.Core.Numerics;
using Lethe.Core.Partitions;
using Lethe.Core.Plans;
using Lethe.Core.Progress;
using Lethe.Core.Records;
using Lethe.Core.Requests;
using Lethe.Methods.Options;
using Lethe.Methods.Retrain;
using Lethe.Training.Datasets;
using Lethe.Training.Models;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Methods.Tests;

/// <summary>A small trained run in a directory of its own: trained once a kind, copied for each test.</summary>
internal sealed class SyntheticRun : IDisposable
{
    private static readonly Lazy<string> s_mlp = new(() => Template("mlp", MakeFeatures, MlpRecipe));
    private static readonly Lazy<string> s_dropping = new(() => Template("dropout", MakeFeatures, DroppingRecipe));
    private static readonly Lazy<string> s_residual = new(() => Template("resnet20", MakeSmallImages, ResidualRecipe));
    private static readonly Lazy<string> s_attention = new(() => Template("vit", MakeSmallImages, AttentionRecipe));
    private static readonly Lazy<string> s_plain = new(() => Template("mlp", MakeFeatures, PlainRecipe));
    private static readonly Lazy<string> s_sharded = new(() => Template("shards", MakeFeatures, ShardedRecipe));
    private static readonly Lazy<string> s_convolution = new(() => Template("allcnn", MakeImages, ConvolutionRecipe));

    private SyntheticRun(string template, TensorDataset data)
    {
        Directory = NewDirectory();
        Copy(template, Directory);
        Data = data;
        Run = Run.Open(Directory, writable: true);
    }

    public const int Blocks = 12;

    public string Directory { get; }

    public TensorDataset Data { get; }

    public Run Run { get; private set; }

    public static SyntheticRun Mlp() => new(s_mlp.Value, MakeFeatures());

    /// <summary>The same data and network, trained plainly.</summary>
    public static SyntheticRun Plain() => new(s_plain.Value, MakeFeatures());

    /// <summary>4 shards × 3 slices of the same data: blocks 1–3, 4–6, ….</summary>
    public static SyntheticRun Sharded() => new(s_sharded.Value, MakeFeatures());

    /// <summary>A run that gives a method what it needs.</summary>
    public static SyntheticRun For(string method) => MethodCatalog.Find(method).Descriptor.Needs.HasFlag(MethodNeeds.Shards) ? Sharded() : Mlp();

    /// <summary>The same data and network with dropout.</summary>
    public static SyntheticRun Dropping() => new(s_dropping.Value, MakeFeatures());

    /// <summary>Small images and a residual net with batch normalisation.</summary>
    public static SyntheticRun Residual() => new(s_residual.Value, MakeSmallImages());

    /// <summary>Small images and a vision transformer of one layer.</summary>
    public static SyntheticRun Attention() => new(s_attention.Value, MakeSmallImages());

    /// <summary>Images and a plain convolution net with batch normalisation.</summary>
    public static SyntheticRun Convolution() => new(s_convolution.Value, MakeImages());

    /// <summary>A request for the first <paramref name="count"/> slots of each block.</summary>
    public ForgetRequest Request(string id, int count, params int[] blocks)
    {
        var records = blocks.SelectMany(block => Run.Partition.Block(block)[..count].ToArray().Select(record => new RecordId(record))).ToList();
        return ForgetRequest.Create(id, new Selection.ByRecords(records), records, DateTimeOffset.UnixEpoch);
    }

    /// <summary>As <see cref="Request"/>, or for all records of class 0 where the method forgets whole classes only.</summary>
    public ForgetRequest Asked(string method, string id, int count, params int[] blocks) =>
        MethodCatalog.Find(method).Descriptor.Granularity.HasFlag(Granularity.Records) ? Request(id, count, blocks) : ClassRequest(id, 0);

    /// <summary>A request for all records of some classes.</summary>
    public ForgetRequest ClassRequest(string id, params int[] classes)
    {
        var records = classes.SelectMany(Data.Manifest.RecordsOf).Order().ToList();
        return ForgetRequest.Create(id, new Selection.ByRecords(records), records, DateTimeOffset.UnixEpoch);
    }

    /// <summary>The first block that holds records of a request.</summary>
    public int FirstBlock(ForgetRequest request) => request.Records.Min(record => Run.Partition.Locate(record).Block);

    public UnlearningContext Context(IProgress<ProgressUpdate>? progress = null) => new(Run, Data, progress, TimeProvider.System);

    public UnlearningPlan Plan(string method, ForgetRequest request, MethodOptions? options = null) =>
        MethodCatalog.Find(method).Plan(request, Run, Data.Manifest, options ?? MethodOptions.None);

    public UnlearningResult Execute(string method, ForgetRequest request, MethodOptions? options = null) =>
        MethodCatalog.Find(method).Execute(Plan(method, request, options), request, Context(), TestContext.Current.CancellationToken);

    /// <summary>Executes until <paramref name="watch"/> cancels.</summary>
    public UnlearningResult ExecuteWatched(string method, ForgetRequest request, MethodOptions options, CancelAt watch) =>
        MethodCatalog.Find(method).Execute(Plan(method, request, options), request, Context(watch), watch.Token);

    /// <summary>A model trained from scratch without some records.</summary>
    public GoldModel Gold(IEnumerable<int> deleted, ulong? seed = null) =>
        GoldTraining.Train(Run, Data, deleted.ToHashSet(), seed ?? Run.Recipe.Seed, cancellation: TestContext.Current.CancellationToken);

    /// <summary>Closes and opens the run, as another process would.</summary>
    public void Reopen()
    {
        Run.Dispose();
        Run = Run.Open(Directory, writable: true);
    }

    /// <summary>Gives the run another seed; its model and checkpoints stay.</summary>
    public void Reseed(ulong seed)
    {
        var file = Path.Combine(Directory, "run.json");
        var text = File.ReadAllText(file);
        var changed = text.Replace($"\"seed\": {Run.Recipe.Seed},", $"\"seed\": {seed},", StringComparison.Ordinal);
        Assert.NotEqual(text, changed);
        Run.Dispose();
        File.WriteAllText(file, changed);
        Run = Run.Open(Directory, writable: true);
    }

    /// <summary>Changes the samples of records without being noticed: any model that reads one turns into another, of numbers even into NaN.</summary>
    public void Poison(IEnumerable<RecordId> records)
    {
        foreach (var record in records)
        {
            using var sample = Data.Samples.narrow(0, record.Value, 1);
            if (Data.IsImage) sample.mul_(0).add_(255);
            else sample.fill_(double.NaN);
        }
    }

    public void Dispose()
    {
        Run.Dispose();
        Data.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private static TensorDataset MakeFeatures()
    {
        const int count = 240, features = 8;
        var random = new CounterRandom(11);
        var samples = new float[count * features];
        var labels = new int[count];
        for (var i = 0; i < count; i++)
        {
            labels[i] = i % 3;
            for (var j = 0; j < features; j++) samples[i * features + j] = (float)(random.NextNormal() + (j % 3 == labels[i] ? 1.5 : 0));
        }
        return TensorDataset.FromFloats("made up", samples, [features], labels);
    }

    private static TensorDataset MakeImages() => MakeImages(48, 12);

    private static TensorDataset MakeSmallImages() => MakeImages(32, 8);

    private static TensorDataset MakeImages(int count, int side)
    {
        var pixels = side * side;
        var random = new CounterRandom(12);
        var samples = new byte[count * pixels];
        var labels = new int[count];
        for (var i = 0; i < count; i++)
        {
            labels[i] = i % 2;
            for (var j = 0; j < pixels; j++) samples[i * pixels + j] = (byte)(random.NextInt32(128) + 100 * labels[i]);
        }
        return TensorDataset.FromBytes("made up images", samples, [1, side, side], labels);
    }

    private static Recipe MlpRecipe => new()
    {
        Model = "mlp",
        ModelOptions = new Dictionary<string, string> { ["hidden"] = "12" },
        Blocks = Blocks,
        BatchSize = 5,
        EpochsPerBlock = 2,
        LearningRate = 0.2,
        Schedule = ScheduleKind.Inverse,
        Threads = 1,
        Precision = Precision.Fp32,
    };

    private static Recipe DroppingRecipe => MlpRecipe with { ModelOptions = new Dictionary<string, string> { ["hidden"] = "12,12", ["dropout"] = "0.3" } };

    private static Recipe PlainRecipe => MlpRecipe with { Scheme = TrainingScheme.Plain, Blocks = 1, EpochsPerBlock = 4, Momentum = 0.5 };

    private static Recipe ShardedRecipe => MlpRecipe with { Scheme = TrainingScheme.Sisa, Shards = 4 };

    private static Recipe ConvolutionRecipe => MlpRecipe with
    {
        Model = "allcnn",
        ModelOptions = new Dictionary<string, string>(),
        Blocks = 4,
        BatchSize = 6,
        EpochsPerBlock = 1,
        LearningRate = 0.02,
    };

    private static Recipe ResidualRecipe => ConvolutionRecipe with { Model = "resnet20", BatchSize = 8 };

    private static Recipe AttentionRecipe => ResidualRecipe with
    {
        Model = "vit-tiny",
        ModelOptions = new Dictionary<string, string> { ["depth"] = "1", ["dim"] = "12", ["heads"] = "3", ["patch"] = "4" },
        EpochsPerBlock = 4,
        LearningRate = 0.05,
    };

    private static string Template(string name, Func<TensorDataset> make, Recipe wanted)
    {
        using var data = make();
        var directory = NewDirectory();
        var recipe = wanted.ResolvedFor(data);
        var config = new RunConfig
        {
            Recipe = recipe,
            Partition = Partition.Create(data.Manifest, new PartitionOptions { Blocks = recipe.Blocks }),
            Dataset = DatasetReference.Of(data.Manifest),
            Source = name,
        };
        using var run = Run.Create(directory, config);
        TrainingSession.Train(run, data, progress: null, TestContext.Current.CancellationToken, new TrainingOptions { FloorBlocks = 4, FloorRepeats = 1 });
        AppDomain.CurrentDomain.ProcessExit += (_, _) => System.IO.Directory.Delete(directory, recursive: true);
        return directory;
    }

    private static string NewDirectory() => System.IO.Directory.CreateTempSubdirectory("lethe-methods-").FullName;

    private static void Copy(string from, string to)
    {
        foreach (var file in System.IO.Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
