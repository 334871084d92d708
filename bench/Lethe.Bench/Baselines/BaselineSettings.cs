using Lethe.Core.Partitions;
using Lethe.Training.Training;

namespace Lethe.Bench.Baselines;

/// <summary>The sizes of the suite: small enough for two cores, overfitted enough that forgetting shows.</summary>
internal static class BaselineSettings
{
    public const int Blocks = 5;

    /// <summary>SISA's shards, each with a model of its own.</summary>
    public const int Shards = 5;

    /// <summary>Slices of each shard.</summary>
    public const int Slices = 2;

    /// <summary>MNIST records of the scenario with wrong labels.</summary>
    public const int MnistRecords = 6000;

    /// <summary>The last blocks have wrong labels: what earlier blocks learnt by heart, later ones overwrite.</summary>
    public const int WrongBlocks = 2;

    /// <summary>Share of wrong labels in each of them.</summary>
    public const double WrongShare = 0.2;

    /// <summary>The wrong labels of all these blocks.</summary>
    public const int WrongRecords = WrongBlocks * (int)(WrongShare * MnistRecords / Blocks);

    public const int CifarClasses = 10;

    /// <summary>CIFAR-10 records of each class in the scenario with one class.</summary>
    public const int CifarRecordsOfClass = 500;

    /// <summary>CIFAR-10 test records of each class.</summary>
    public const int CifarTestRecordsOfClass = 300;

    /// <summary>The class that is forgotten.</summary>
    public const int ForgottenClass = 0;

    public const string ForgottenClassName = "airplane";

    public const int MnistEpochs = 30;

    public const int CifarEpochs = 20;

    public const ulong GoldSeedOffset = 1000;

    /// <summary>Wrong labels are learnt by heart only with many epochs, a rate that stays high, and neither decay nor augmentation.</summary>
    public static Recipe Recipe(ulong seed, int threads, int epochs, double rate) => new()
    {
        Model = "lenet5",
        Blocks = Blocks,
        EpochsPerBlock = epochs,
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
