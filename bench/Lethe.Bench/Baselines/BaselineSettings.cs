using Lethe.Core.Partitions;
using Lethe.Training.Training;

namespace Lethe.Bench.Baselines;

/// <summary>The sizes of the suite: small enough for two cores, overfitted enough that forgetting shows.</summary>
internal static class BaselineSettings
{
    public const int Blocks = 10;

    /// <summary>MNIST records of the scenario with wrong labels.</summary>
    public const int MnistRecords = 6000;

    /// <summary>Share of wrong labels in each block of the second half: a tenth of all records.</summary>
    public const double WrongShare = 0.2;

    /// <summary>CIFAR-10 records of each class in the scenario with one class.</summary>
    public const int CifarRecordsOfClass = 500;

    /// <summary>CIFAR-10 test records of each class.</summary>
    public const int CifarTestRecordsOfClass = 300;

    /// <summary>The class that is forgotten: airplane.</summary>
    public const int ForgottenClass = 0;

    public const int Epochs = 20;

    public const ulong GoldSeedOffset = 1000;

    public static readonly ulong[] Seeds = [1, 2, 3];

    /// <summary>Wrong labels are learnt by heart only with many epochs, a rate that stays high, and neither decay nor augmentation.</summary>
    public static Recipe Recipe(ulong seed, int threads, double rate) => new()
    {
        Model = "lenet5",
        Blocks = Blocks,
        EpochsPerBlock = Epochs,
        BatchSize = 50,
        LearningRate = rate,
        WeightDecay = 0,
        Schedule = ScheduleKind.Inverse,
        InverseScale = 1,
        Seed = seed,
        Threads = threads,
    };

    public static PartitionOptions Partition(ulong seed) => new() { Blocks = Blocks, Kind = PartitionKind.Stratified, Seed = seed };
}
