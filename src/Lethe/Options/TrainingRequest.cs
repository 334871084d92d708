using Lethe.Core.Partitions;
using Lethe.Training.Scenarios;
using Lethe.Training.Training;

namespace Lethe;

/// <summary>What to train. Whatever is null takes the model's default, see <see cref="RecipeDefaults"/>.</summary>
public sealed record TrainingRequest
{
    /// <summary>The training data.</summary>
    public required DataRequest Data { get; init; }

    /// <summary>The source of unseen records; null for the source's own test split, where it has one.</summary>
    public string? Test { get; init; }

    /// <summary>
    /// The share of the training data, above 0 and below 1, that is held out for testing, for sources without a test split; null: none. Whole
    /// people are held out where there are people, otherwise the same share of every class.
    /// </summary>
    public double? HoldOut { get; init; }

    /// <summary>Plants a secret trigger for some people before training; null: none. A secret of 64 random hexadecimal digits keeps it secret.</summary>
    public CanaryRegistry? Canaries { get; init; }

    /// <summary>The directory of the new run; it must not exist, or be empty.</summary>
    public required string Out { get; init; }

    /// <summary>A name of <see cref="LetheEngine.Models"/>.</summary>
    public string Model { get; init; } = "lenet5";

    /// <summary>Options of the model by name.</summary>
    public IReadOnlyDictionary<string, string> ModelOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>A safetensors file with weights to start from, under PyTorch's names; null: random ones.</summary>
    public string? InitialWeights { get; init; }

    /// <summary>Layers that start at random although <see cref="InitialWeights"/> is given, such as <c>fc</c>.</summary>
    public IReadOnlyList<string> InitialExcept { get; init; } = [];

    /// <summary>How to train: block by block, so that DeepObliviate can forget, in shards, or plainly.</summary>
    public TrainingScheme Scheme { get; init; }

    /// <summary>How many blocks the data is split into: more blocks make forgetting cheaper and the run larger.</summary>
    public int? Blocks { get; init; }

    /// <summary>SISA: how many shards, each with a model of its own; more make forgetting cheaper and prediction dearer.</summary>
    public int? Shards { get; init; }

    /// <summary>SISA: how many slices a shard is trained in; more make forgetting cheaper and the run larger.</summary>
    public int? Slices { get; init; }

    /// <summary>SISA: mean or vote.</summary>
    public string? Aggregation { get; init; }

    /// <summary>Passes over each block; in plain training and SISA, over all records: SISA divides them over the slices.</summary>
    public int? EpochsPerBlock { get; init; }

    /// <summary>Whether classes or people are kept together.</summary>
    public PartitionKind Partition { get; init; }

    /// <summary>People who are likely to leave: their records are spread over the last blocks.</summary>
    public IReadOnlyList<string> LateSubjects { get; init; } = [];

    /// <summary>The share of blocks that counts as last, 0…1.</summary>
    public double LateShare { get; init; } = 0.25;

    /// <summary>sgd, adam or adamw.</summary>
    public string? Optimizer { get; init; }

    /// <summary>The rate of the first block.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Momentum of sgd.</summary>
    public double? Momentum { get; init; }

    /// <summary>Weight decay.</summary>
    public double? WeightDecay { get; init; }

    /// <summary>How the rate depends on the block: constant, linear, cosine or inverse.</summary>
    public string? Schedule { get; init; }

    /// <summary>Records in a batch.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Augmentation: none, shift:N, flip, crop:N or flip+crop:N.</summary>
    public string? Augment { get; init; }

    /// <summary>auto, fp32 or bf16.</summary>
    public string Precision { get; init; } = "auto";

    /// <summary>cpu or cuda.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>The seed of weights, order and partition.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>A JSON file with the verification policy of the run, see <see cref="Core.Verdicts.VerificationPolicy"/>; null: the default.</summary>
    public string? Policy { get; init; }

    /// <summary>Compute threads.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
