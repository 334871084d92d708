using Lethe.Core.Partitions;
using Lethe.Training.Training;

namespace Lethe.Bench.DeepObliviate;

/// <summary>
/// The settings of the MNIST suite. They were chosen on a validation split of 10,000 training records (never on the test set):
/// 200 blocks of 300 records, five epochs a block, shifts by one pixel. A cosine schedule with less weight decay gave blocks of three
/// writers 98.1 % instead of 97.9 % on writers that train nothing, but its last blocks hardly learn: an owner's trigger in the last
/// quarter was answered in 4 % of cases instead of 99.6 %, so that forgetting it showed nothing.
/// </summary>
internal static class MnistSettings
{
    public const int Blocks = 200;

    public const int RecordDraws = 20;

    /// <summary>Of the drawn records, how many also get their gold model and with it agreement and the price of resuming.</summary>
    public const int RecordGolds = 6;

    /// <summary>Of the drawn records, how many are also forgotten by the two slope tests, which often retrain to the last block.</summary>
    public const int SlopeDraws = 3;

    public const int WriterDraws = 20;

    public const int WriterGolds = 3;

    /// <summary>Records of the overfitting setting: a quarter of MNIST, in blocks of the same size.</summary>
    public const int OverfittingRecords = 15_000;

    public const int OverfittingBlocks = 50;

    public const ulong GoldSeedOffset = 1000;

    public static readonly int[] ScatteredCounts = [1, 10, 100, 1000];

    public static Recipe Recipe(ulong seed, int threads) => new()
    {
        Model = "lenet5",
        Blocks = Blocks,
        EpochsPerBlock = 5,
        BatchSize = 50,
        LearningRate = 0.1,
        WeightDecay = 5e-4,
        Schedule = ScheduleKind.Linear,
        Augment = "shift:1",
        Seed = seed,
        Threads = threads,
    };

    /// <summary>The overfitting setting: wrong labels are learnt by heart only with many epochs, a rate that stays high and no augmentation.</summary>
    public static Recipe Overfitting(ulong seed, int threads) => Recipe(seed, threads) with
    {
        Blocks = OverfittingBlocks,
        EpochsPerBlock = 20,
        WeightDecay = 0,
        Schedule = ScheduleKind.Inverse,
        InverseScale = 1,
        Augment = "none",
    };

    public static PartitionOptions Stratified(ulong seed) => new() { Blocks = Blocks, Kind = PartitionKind.Stratified, Seed = seed };

    public static PartitionOptions OverfittingPartition(ulong seed) => Stratified(seed) with { Blocks = OverfittingBlocks };

    public static PartitionOptions BySubject(ulong seed) => new() { Blocks = Blocks, Kind = PartitionKind.BySubject, Seed = seed };
}
