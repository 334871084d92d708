using Lethe.Training.Training;

namespace Lethe.Bench.Unsir;

/// <summary>How much of the experiment is done: all constants of the UNSIR suites.</summary>
/// <param name="Suite">Name of the suite.</param>
/// <param name="Duration">About how long it takes.</param>
/// <param name="Trials">The models, each at its own size.</param>
internal sealed record UnsirProtocol(string Suite, string Duration, IReadOnlyList<UnsirTrial> Trials)
{
    /// <summary>Forgotten test records on which relearning is looked at.</summary>
    public const int RelearnTested = 300;

    private static readonly int[][] AllScenarios = [[0], [1, 2], [3, 4, 5, 6], [0, 2]];

    /// <summary>Test records of each class that are looked at.</summary>
    public int TestPerClass { get; init; } = 1000;

    /// <summary>What two idle cores do in about 40 minutes. There are about as many noise images beside the retained ones as in the paper.</summary>
    public static UnsirProtocol Reduced { get; } = new("unsir", "about 40 minutes on 2 idle cores",
    [
        new UnsirTrial("resnet18-imagenet", [1, 2, 3], AllScenarios) { TrainPerClass = 800, Epochs = 5, RetainPerClass = 400, NoiseBatch = 128 },
        new UnsirTrial("allcnn", [1], [[0]]) { TrainPerClass = 300, Epochs = 6, RetainPerClass = 200, NoiseBatch = 64, Reference = false },
    ])
    { TestPerClass = 300 };

    /// <summary>The paper's size: 5,000 training images and 1,000 retained ones a class, 40 epochs.</summary>
    public static UnsirProtocol Full { get; } = new("unsir-full", "days on 2 cores",
    [
        new UnsirTrial("resnet18-imagenet", [1, 2, 3], AllScenarios) { TunedScenarios = 4 },
        new UnsirTrial("allcnn", [1, 2, 3], AllScenarios) { TunedScenarios = 4, Reference = false },
    ]);

    /// <summary>Everything once, too small to mean anything: shows that the suite works.</summary>
    public static UnsirProtocol Smoke { get; } = new("unsir-smoke", "a minute or two; its figures mean nothing",
    [
        new UnsirTrial("resnet18-imagenet", [1], [[0, 2]]) { TrainPerClass = 60, Epochs = 2, RetainPerClass = 40, NoiseBatch = 16 },
    ])
    { TestPerClass = 30 };
}

/// <summary>One model of a protocol.</summary>
/// <param name="Model">Its name in the catalogue.</param>
/// <param name="Seeds">Training seeds.</param>
/// <param name="Scenarios">The classes of each request.</param>
internal sealed record UnsirTrial(string Model, IReadOnlyList<ulong> Seeds, IReadOnlyList<int[]> Scenarios)
{
    public int TrainPerClass { get; init; } = 5000;

    public int Epochs { get; init; } = 40;

    public int RetainPerClass { get; init; } = 1000;

    public int NoiseBatch { get; init; } = 256;

    /// <summary>In how many of the scenarios, from the first, rates are also tuned.</summary>
    public int TunedScenarios { get; init; } = 1;

    /// <summary>Whether the last scenario is also done by the notebook's algorithm in PyTorch.</summary>
    public bool Reference { get; init; } = true;

    /// <summary>The notebook's training without its gradient clipping: Adam, batch 256, no augmentation. Its rate of 0.01 with a plateau schedule becomes 0.001, falling linearly.</summary>
    public Recipe Recipe(ulong seed, int threads) => new()
    {
        Scheme = TrainingScheme.Plain,
        Model = Model,
        Blocks = 1,
        EpochsPerBlock = Epochs,
        Optimizer = OptimizerKind.Adam,
        LearningRate = 0.001,
        WeightDecay = 1e-4,
        Momentum = 0,
        BatchSize = 256,
        Schedule = ScheduleKind.Linear,
        Seed = seed,
        Threads = threads,
    };
}
