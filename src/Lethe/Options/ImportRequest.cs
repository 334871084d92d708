namespace Lethe;

/// <summary>Which trained model to import, and what it was trained on.</summary>
public sealed record ImportRequest
{
    /// <summary>The TorchScript file: its forward takes one batch and returns logits (n, classes).</summary>
    public required string Model { get; init; }

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

    /// <summary>cpu or cuda.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>The seed of what methods draw.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Compute threads.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
