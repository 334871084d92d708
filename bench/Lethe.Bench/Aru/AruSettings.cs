using Lethe.Training.Training;

namespace Lethe.Bench.Aru;

/// <summary>The sizes of the suite.</summary>
internal static class AruSettings
{
    /// <summary>Writers that the original is trained on, as many others that no model sees, and of the first the ones that are forgotten.</summary>
    public const int Writers = 60, ForgottenWriters = 6;

    /// <summary>Writers that are set aside for choosing hyper-parameters: no figure of the tables comes from them.</summary>
    public const int DevelopmentWriters = 120;

    /// <summary>Of the 20 people: no model sees 4, the original is trained on 16, 2 of them are forgotten.</summary>
    public const int UnseenPeople = 4, ForgottenPeople = 2;

    /// <summary>Share of wrong labels in the noisy settings.</summary>
    public const double WrongShare = 0.3;

    /// <summary>Difference between the training seeds of a gold model and of the original.</summary>
    public const ulong GoldSeedOffset = 1000;

    public const ulong DevelopmentSeed = 100;

    public static Recipe Writer(string model, ulong seed, int threads) => new()
    {
        Model = model,
        Scheme = TrainingScheme.Plain,
        Blocks = 1,
        EpochsPerBlock = 40,
        BatchSize = 50,
        Optimizer = OptimizerKind.Adam,
        LearningRate = 1e-3,
        WeightDecay = 0,
        Schedule = ScheduleKind.Constant,
        Seed = seed,
        Threads = threads,
    };

    public static Recipe Faces(ulong seed, int threads) => Writer("lenet5", seed, threads) with { EpochsPerBlock = 60, BatchSize = 20 };
}
