using Lethe.Training.Training;

namespace Lethe.Bench.Unsir;

/// <summary>How much of the experiment is done: all constants of the UNSIR suites.</summary>
/// <param name="Suite">Name of the suite.</param>
/// <param name="SeedCount">Over how many seeds it is repeated.</param>
/// <param name="Duration">About how long it takes.</param>
/// <param name="Trials">The models, each at its own size.</param>
internal sealed record UnsirProtocol(string Suite, int SeedCount, string Duration, IReadOnlyList<UnsirTrial> Trials)
{
    /// <summary>Forgotten test records on which relearning is looked at.</summary>
    public const int RelearnTested = 200;

    private static readonly int[][] AllScenarios = [[0], [1, 2], [3, 4, 5, 6], [0, 2]];

    /// <summary>Test records of each class that are looked at.</summary>
    public int TestPerClass { get; init; } = 1000;

    /// <summary>Half of the pictures and a fifth of the epochs of the notebook: what one core trains in five minutes. The retained subset has the notebook's size, so that impair and repair take as many steps as there.</summary>
    public static UnsirProtocol Reduced { get; } = new("unsir", 3, "about an hour and a half a seed on one core",
    [
        new UnsirTrial("resnet18-imagenet", AllScenarios) { TrainPerClass = 2500, Epochs = 8 },
        new UnsirTrial("allcnn", [[0]]) { TrainPerClass = 300, Epochs = 8, RetainPerClass = 200, NoiseBatch = 64, Reference = false },
    ])
    { TestPerClass = 500 };

    /// <summary>The notebook's own run: all pictures, 40 epochs, classes {0, 2}.</summary>
    public static UnsirProtocol AsInNotebook { get; } = new("unsir-notebook", 3, "about two hours a seed on one core",
    [
        new UnsirTrial("resnet18-imagenet", [[0, 2]]),
    ]);

    /// <summary>The paper's size: 5,000 training images and 1,000 retained ones a class, 40 epochs.</summary>
    public static UnsirProtocol Full { get; } = new("unsir-full", 3, "days on 2 cores",
    [
        new UnsirTrial("resnet18-imagenet", AllScenarios) { TunedScenarios = 4 },
        new UnsirTrial("allcnn", AllScenarios) { TunedScenarios = 4, Reference = false },
    ]);

    /// <summary>Everything once, too small to mean anything: shows that the suite works.</summary>
    public static UnsirProtocol Smoke { get; } = new("unsir-smoke", 1, "a minute or two; its figures mean nothing",
    [
        new UnsirTrial("resnet18-imagenet", [[0, 2]]) { TrainPerClass = 60, Epochs = 2, RetainPerClass = 40, NoiseBatch = 16 },
    ])
    { TestPerClass = 30 };
}

/// <summary>One model of a protocol.</summary>
/// <param name="Model">Its name in the catalogue.</param>
/// <param name="Scenarios">The classes of each request.</param>
internal sealed record UnsirTrial(string Model, IReadOnlyList<int[]> Scenarios)
{
    /// <summary>Adam's first rate. Rates as high as UNSIR's, 0.02 and 0.01, ruin a network whose weights a ten times smaller one has left small.</summary>
    public const double LearningRate = 0.01;

    public int TrainPerClass { get; init; } = 5000;

    public int Epochs { get; init; } = 40;

    public int RetainPerClass { get; init; } = 1000;

    public int NoiseBatch { get; init; } = 256;

    /// <summary>In how many of the scenarios, from the first, rates are also tuned.</summary>
    public int TunedScenarios { get; init; } = 1;

    /// <summary>Whether the last scenario is also done by the notebook's algorithm in PyTorch.</summary>
    public bool Reference { get; init; } = true;

    /// <summary>The notebook's training without its gradient clipping: Adam at 0.01, batch 256, no augmentation. Its plateau schedule, which looks at the test split, becomes a linear fall.</summary>
    public Recipe Recipe(ulong seed, int threads) => new()
    {
        Scheme = TrainingScheme.Plain,
        Model = Model,
        Blocks = 1,
        EpochsPerBlock = Epochs,
        Optimizer = OptimizerKind.Adam,
        LearningRate = LearningRate,
        WeightDecay = 1e-4,
        Momentum = 0,
        BatchSize = 256,
        Schedule = ScheduleKind.Linear,
        Seed = seed,
        Threads = threads,
    };
}
