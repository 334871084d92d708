namespace Lethe;

/// <summary>Which trained model to import, and what it was trained on.</summary>
public sealed record ImportRequest
{
    /// <summary>The file: TorchScript, whose forward takes one batch and returns logits (n, classes); or weights as safetensors under PyTorch's names.</summary>
    public required string Model { get; init; }

    /// <summary>The network that weights belong to, a name of <see cref="LetheEngine.Models"/>; null for TorchScript, which brings its own.</summary>
    public string? Network { get; init; }

    /// <summary>Options of <see cref="Network"/> by name.</summary>
    public IReadOnlyDictionary<string, string> NetworkOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>The data that the model was trained on: requests name its records.</summary>
    public required DataRequest Data { get; init; }

    /// <summary>The source of unseen records; null for the source's own test split, where it has one.</summary>
    public string? Test { get; init; }

    /// <summary>The directory of the new run; it must not exist, or be empty.</summary>
    public required string Out { get; init; }

    /// <summary>Mean and standard deviation that the model expects inputs to be normalised by: numbers, <c>imagenet</c> or <c>data</c>; null: none.</summary>
    public string? Normalize { get; init; }

    /// <summary>The range of pixels that the model expects: <c>0..1</c>, <c>-1..1</c> or <c>0..255</c>; null: 0..1.</summary>
    public string? InputRange { get; init; }

    /// <summary>sgd, adam or adamw, for methods that train; null: the network's default, see <see cref="RecipeDefaults"/>; sgd for TorchScript.</summary>
    public string? Optimizer { get; init; }

    /// <summary>The learning rate that methods take, or a tenth of it, unless told otherwise; null: the network's default; 0.05 for TorchScript.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Momentum of sgd; null: the network's default; 0.9 for TorchScript.</summary>
    public double? Momentum { get; init; }

    /// <summary>Weight decay; null: the network's default; 0.0005 for TorchScript.</summary>
    public double? WeightDecay { get; init; }

    /// <summary>Records in a batch; null: the network's default; 64 for TorchScript.</summary>
    public int? BatchSize { get; init; }

    /// <summary>cpu or cuda.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>The seed of what methods draw.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Compute threads.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
