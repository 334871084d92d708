using System.Text;
using System.Text.Json.Serialization;
using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Core.Store;
using Lethe.Training.Datasets;
using Lethe.Training.Models;

namespace Lethe.Training.Training;

/// <summary>Everything that, with the data, the partition and the numeric profile, determines the bits of a training run.</summary>
/// <remarks>Immutable; equal when the canonical JSON is equal. <see cref="Digest"/> is the SHA-256 of that JSON.</remarks>
public sealed record Recipe
{
    /// <summary>Default of <see cref="Model"/>.</summary>
    public const string DefaultModel = "lenet5";

    /// <summary>Default of <see cref="LearningRate"/>, for LeNet-5 on MNIST and Fashion-MNIST.</summary>
    public const double DefaultLearningRate = 0.1;

    /// <summary>Default of <see cref="Momentum"/>.</summary>
    public const double DefaultMomentum = 0;

    /// <summary>Default of <see cref="WeightDecay"/>.</summary>
    public const double DefaultWeightDecay = 5e-4;

    /// <summary>Default of <see cref="InverseScale"/>: the published experiments' 1/(1+t/20) at 200 blocks.</summary>
    public const double DefaultInverseScale = 0.1;

    /// <summary>Default of <see cref="BatchSize"/>.</summary>
    public const int DefaultBatchSize = 50;

    /// <summary>Default of <see cref="Blocks"/>.</summary>
    public const int DefaultBlocks = 100;

    /// <summary>Default of <see cref="EpochsPerBlock"/>.</summary>
    public const int DefaultEpochsPerBlock = 5;

    /// <summary>Default of <see cref="Augment"/>.</summary>
    public const string DefaultAugment = "none";

    /// <summary>Default of <see cref="Schedule"/>.</summary>
    public const ScheduleKind DefaultSchedule = ScheduleKind.Linear;

    /// <summary>Default of <see cref="Seed"/>.</summary>
    public const ulong DefaultSeed = 1;

    /// <summary>Default of <see cref="Threads"/>: the two cores that the published figures were taken on.</summary>
    public const int DefaultThreads = 2;

    /// <summary>Default of <see cref="EpochsPerBlock"/> in <see cref="TrainingScheme.Plain"/> training.</summary>
    public const int DefaultPlainEpochs = 20;

    /// <summary>How the model is trained.</summary>
    public TrainingScheme Scheme { get; init; } = TrainingScheme.DeepObliviate;

    /// <summary>Name of the model in <see cref="ModelCatalog"/>, or <see cref="ImportedModel.ModelName"/>.</summary>
    public string Model { get; init; } = DefaultModel;

    /// <summary>Options of the model, see <see cref="ModelCatalog.Describe"/>.</summary>
    public IReadOnlyDictionary<string, string> ModelOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>Weights trained elsewhere that training starts from; null: random ones.</summary>
    public InitialWeights? InitialWeights { get; init; }

    /// <summary>The optimizer; its state starts empty in every block, and lives on from epoch to epoch within one.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Sgd;

    /// <summary>Learning rate of the schedule's first step after warm-up, greater than 0.</summary>
    public double LearningRate { get; init; } = DefaultLearningRate;

    /// <summary>Momentum of SGD in [0, 1).</summary>
    public double Momentum { get; init; } = DefaultMomentum;

    /// <summary>Whether SGD's momentum is Nesterov's; needs momentum above 0.</summary>
    public bool Nesterov { get; init; }

    /// <summary>Weight decay, 0 or more.</summary>
    public double WeightDecay { get; init; } = DefaultWeightDecay;

    /// <summary>How the learning rate depends on the schedule's step.</summary>
    public ScheduleKind Schedule { get; init; } = DefaultSchedule;

    /// <summary>τ of the inverse schedule as a share of its steps, greater than 0.</summary>
    public double InverseScale { get; init; } = DefaultInverseScale;

    /// <summary>Number of first steps over which the rate rises linearly, in [0, <see cref="ScheduleSteps"/>).</summary>
    public int Warmup { get; init; }

    /// <summary>Records of a full batch, at least 1.</summary>
    public int BatchSize { get; init; } = DefaultBatchSize;

    /// <summary>Number of blocks B that the data is trained in, one after the other, at least 1.</summary>
    public int Blocks { get; init; } = DefaultBlocks;

    /// <summary>SISA: number of shards S, each with a model of its own; 1 in other schemes.</summary>
    public int Shards { get; init; } = 1;

    /// <summary>SISA: how the answers of the shards become one.</summary>
    public Aggregation Aggregation { get; init; }

    /// <summary>Passes over a block (SISA: over all slices up to it) before the next block begins, at least 1.</summary>
    public int EpochsPerBlock { get; init; } = DefaultEpochsPerBlock;

    /// <summary>Augmentation: <c>none</c>, <c>shift:N</c>, <c>flip</c>, <c>crop:N</c> or <c>flip+crop:N</c>.</summary>
    public string Augment { get; init; } = DefaultAugment;

    /// <summary>Mean and deviation that samples are normalised by; null: measured on the training data when training starts.</summary>
    public Normalization? Normalization { get; init; }

    /// <summary>The arithmetic of the forward pass.</summary>
    public Precision Precision { get; init; } = Precision.Auto;

    /// <summary>Device: <c>cpu</c> or <c>cuda</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Seed of initial weights, order, augmentation and dropout.</summary>
    public ulong Seed { get; init; } = DefaultSeed;

    /// <summary>Intra-op threads, at least 1; part of the recipe because the bits depend on it.</summary>
    public int Threads { get; init; } = DefaultThreads;

    /// <summary>Steps of the rate's schedule: the blocks of training block by block, else the epochs of a block.</summary>
    [JsonIgnore]
    public int ScheduleSteps => Scheme == TrainingScheme.DeepObliviate ? Blocks : EpochsPerBlock;

    /// <summary>Whether the network is the code of an imported TorchScript file, and none of <see cref="ModelCatalog"/>.</summary>
    [JsonIgnore]
    public bool IsScript => Model == ImportedModel.ModelName;

    /// <summary>SISA: how shards and slices lie in the blocks.</summary>
    [JsonIgnore]
    public ShardLayout Layout => new(Shards, Blocks / Shards);

    /// <summary>SHA-256 of the canonical JSON.</summary>
    [JsonIgnore]
    public Digest Digest => Core.Records.Digest.Of(Encoding.UTF8.GetBytes(ToJson()));

    /// <summary>Gives the canonical JSON: sorted keys, no spaces, invariant numbers.</summary>
    public string ToJson() => CanonicalJson.Serialize(this);

    /// <summary>Reads and validates a recipe.</summary>
    /// <exception cref="BadDataException">The text is no recipe.</exception>
    public static Recipe FromJson(string json) => CanonicalJson.Deserialize<Recipe>(json).Validated();

    /// <summary>Learning rate of a step of the schedule.</summary>
    /// <param name="step">Number of the block (in other schemes: of the epoch) in [1, <see cref="ScheduleSteps"/>].</param>
    public double LearningRateAt(int step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(step, ScheduleSteps);
        var done = (double)(step - 1);
        var factor = Schedule switch
        {
            ScheduleKind.Linear => 1 - done / ScheduleSteps,
            ScheduleKind.Cosine => 0.5 * (1 + Math.Cos(Math.PI * done / ScheduleSteps)),
            ScheduleKind.Inverse => 1 / (1 + done / (InverseScale * ScheduleSteps)),
            _ => 1,
        };
        return LearningRate * factor * Math.Min(1, step / (Warmup + 1.0));
    }

    /// <summary>Gives the model that the recipe trains on a data set.</summary>
    public ModelSpec ModelFor(DatasetManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return new ModelSpec(Model, manifest.SampleShape, manifest.ClassCount, ModelOptions);
    }

    /// <summary>Gives this recipe, or throws when a value is out of range.</summary>
    /// <exception cref="UsageException">The first value that is out of range, its limits and its name.</exception>
    public Recipe Validated()
    {
        Require((IsScript && Scheme == TrainingScheme.Imported) || ModelCatalog.Names.Contains(Model), $"model '{Model}' is not known; choose one of {string.Join(", ", ModelCatalog.Names)}");
        Require(double.IsFinite(LearningRate) && LearningRate > 0, $"learning rate {LearningRate} must be greater than 0");
        Require(Momentum is >= 0 and < 1, $"momentum {Momentum} must be in [0, 1)");
        Require(!Nesterov || Momentum > 0, "Nesterov needs a momentum above 0");
        Require(double.IsFinite(WeightDecay) && WeightDecay >= 0, $"weight decay {WeightDecay} must be 0 or more");
        Require(double.IsFinite(InverseScale) && InverseScale > 0, $"inverse scale {InverseScale} must be greater than 0");
        Require(BatchSize >= 1, $"batch size {BatchSize} must be at least 1");
        Require(Blocks >= 1, $"block count {Blocks} must be at least 1");
        Require(Scheme != TrainingScheme.Plain || Blocks == 1, $"plain training has one block that holds all records, not {Blocks}");
        Require(Shards >= 1 && (Scheme == TrainingScheme.Sisa ? Blocks % Shards == 0 : Shards == 1), $"{Shards} shards do not divide {Blocks} blocks of scheme {Scheme}");
        Require(EpochsPerBlock >= 1, $"epochs per block {EpochsPerBlock} must be at least 1");
        Require(Warmup >= 0 && Warmup < ScheduleSteps, $"warm-up {Warmup} must be in [0, {ScheduleSteps}), the steps of the schedule");
        Require(Threads >= 1, $"thread count {Threads} must be at least 1");
        Require(Device is "cpu" or "cuda", $"device '{Device}' is not known; choose cpu or cuda");
        _ = Augmentation.Parse(Augment);
        return this;
    }

    /// <summary>Compares by canonical JSON.</summary>
    public bool Equals(Recipe? other) => other is not null && (ReferenceEquals(this, other) || ToJson() == other.ToJson());

    /// <inheritdoc/>
    public override int GetHashCode() => ToJson().GetHashCode(StringComparison.Ordinal);

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new UsageException($"Recipe: {message}.");
        }
    }
}
