using System.Formats.Tar;
using System.IO.Compression;
using Lethe.Core.Partitions;
using Lethe.Training.Training;

namespace Lethe.Bench.Sisa;

/// <summary>
/// The settings of the suite: DeepObliviate and SISA with the same network, optimizer, batches and, as nearly as whole epochs allow, the same
/// training work. The rates are those of the other suites; nothing was chosen on test data.
/// </summary>
/// <param name="Dataset">Name in the rows.</param>
/// <param name="Model">A name of the catalog.</param>
/// <param name="ModelOptions">Its options.</param>
/// <param name="Rate">Learning rate.</param>
/// <param name="Augment">Augmentation.</param>
/// <param name="Blocks">DeepObliviate's blocks.</param>
/// <param name="Epochs">Passes over the data.</param>
/// <param name="Shards">SISA's shards: the first is compared, the others show how accuracy and prediction depend on them.</param>
/// <param name="Source">The data source; files that must be unpacked for it go to the directory given.</param>
internal sealed record SisaSettings(
    string Dataset, string Model, IReadOnlyDictionary<string, string> ModelOptions, double Rate, string Augment, int Blocks, int Epochs, IReadOnlyList<int> Shards, Func<string, string> Source)
{
    public const int Slices = 10;

    /// <summary>Requests drawn for each number of records.</summary>
    public int Draws { get; init; } = 4;

    public static readonly int[] Counts = [1, 10, 100];

    public static readonly SisaSettings Mnist = new("MNIST", "lenet5", new Dictionary<string, string>(), 0.1, "shift:1", 200, 5, [20, 40], static _ => $"mnist:{DataFolder.Of("mnist")}");

    public static readonly SisaSettings Cifar = new("CIFAR-10 (JPEG)", "lenet5", new Dictionary<string, string>(), 0.05, "flip", 100, 10, [20, 40],
        static _ => $"image-folder:{Path.Combine(DataFolder.Of("cifar10-jpeg"), "cifar10-jpeg.tar.gz")}")
    { Draws = 2 };

    public static readonly SisaSettings Location = new(
        "Location-30", "mlp", new Dictionary<string, string> { ["hidden"] = "256" }, 0.1, "none", 20, 20, [20], UnpackLocation);

    public Recipe Blockwise(ulong seed, int threads) => new()
    {
        Model = Model,
        ModelOptions = ModelOptions,
        Blocks = Blocks,
        EpochsPerBlock = Epochs,
        BatchSize = 50,
        LearningRate = Rate,
        WeightDecay = 1e-4,
        Schedule = ScheduleKind.Cosine,
        Augment = Augment,
        Seed = seed,
        Threads = threads,
    };

    public Recipe Sharded(ulong seed, int threads, int shards) => Blockwise(seed, threads) with
    {
        Scheme = TrainingScheme.Sisa,
        Shards = shards,
        Blocks = shards * Slices,
        EpochsPerBlock = new ShardLayout(shards, Slices).EpochsPerSlice(Epochs),
    };

    public static PartitionOptions Stratified(ulong seed, int blocks) => new() { Blocks = blocks, Kind = PartitionKind.Stratified, Seed = seed };

    /// <summary>The table out of its archive, a fifth of it held out for testing.</summary>
    private static string UnpackLocation(string scratch)
    {
        using var archive = new GZipStream(File.OpenRead(Path.Combine(DataFolder.Of("location30"), "dataset_location.tgz")), CompressionMode.Decompress);
        using var reader = new TarReader(archive);
        var table = Path.Combine(scratch, "location30.csv");
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.Name.EndsWith("bangkok", StringComparison.Ordinal)) entry.ExtractToFile(table, overwrite: true);
        }

        return $"csv:{table}?label=c0&header=no&hold-out=0.2";
    }
}
