using Lethe.Core.Partitions;
using Lethe.Operations;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Bench.ULira;

/// <summary>A way of training, with the methods that serve it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Recipe">How the models are trained.</param>
/// <param name="Methods">How they forget, by the row's name.</param>
/// <param name="Golds">Models that never saw a target.</param>
internal sealed record ULiraScheme(string Name, Recipe Recipe, IReadOnlyList<(string Label, ShadowMethod Method)> Methods, int Golds)
{
    /// <summary>Writers that the models are trained on, as many others that none sees, and of the first those that are asked about.</summary>
    public const int Writers = 60, ForgottenWriters = 6;

    /// <summary>Models of each kind for every record.</summary>
    public const int PerSide = 32;

    /// <summary>Share of wrong labels among the writers' digits, trained and unseen ones.</summary>
    public const double WrongShare = 0.3;

    private const int Epochs = 40, Blocks = 20, Shards = 5, Slices = 4, FloorBlocks = 4;

    private static readonly Dictionary<string, string> Defaults = [];

    /// <summary>The schemes of the suite.</summary>
    /// <param name="seed">Its seed.</param>
    /// <param name="threads">Compute threads.</param>
    public static IReadOnlyList<ULiraScheme> All(ulong seed, int threads)
    {
        var plain = new Recipe
        {
            Model = "mlp",
            ModelOptions = new Dictionary<string, string> { ["hidden"] = "128,128" },
            Scheme = TrainingScheme.Plain,
            Blocks = 1,
            EpochsPerBlock = Epochs,
            BatchSize = 100,
            Optimizer = OptimizerKind.Adam,
            LearningRate = 1e-3,
            WeightDecay = 0,
            Schedule = ScheduleKind.Constant,
            Seed = seed,
            Threads = threads,
        };
        return
        [
            new("plain", plain, [("fine-tune", new("fine-tune", Defaults)), ("ARU", new("aru", Defaults))], 8),
            new("deep-obliviate", plain with { Scheme = TrainingScheme.DeepObliviate, Blocks = Blocks }, [("DeepObliviate", new("deep-obliviate", Defaults))], 4),
            new(
                "sisa",
                plain with { Scheme = TrainingScheme.Sisa, Shards = Shards, Blocks = Shards * Slices, EpochsPerBlock = new ShardLayout(Shards, Slices).EpochsPerSlice(Epochs) },
                [("SISA", new("sisa", Defaults))], 4),
        ];
    }

    /// <summary>Writers stay within a block or slice, wherever it is.</summary>
    public PartitionOptions Partition => new() { Blocks = Recipe.Blocks, Seed = Recipe.Seed, Kind = Recipe.Blocks == 1 ? PartitionKind.Stratified : PartitionKind.BySubject };

    /// <summary>A noise floor of four blocks is enough for the stop rule, and cheaper.</summary>
    public static TrainingOptions Training(TimeProvider time) => new() { FloorBlocks = FloorBlocks, Time = time };
}
