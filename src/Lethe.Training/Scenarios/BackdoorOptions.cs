using Lethe.Core.Records;

namespace Lethe.Training.Scenarios;

/// <summary>How a data owner with a backdoor is made.</summary>
public sealed record BackdoorOptions
{
    /// <summary>The share of an owner's records that are stamped, after Sommer et al. (2020).</summary>
    public const double DefaultStampedShare = 0.5;

    /// <summary>The owner's name as a data subject.</summary>
    public SubjectId Subject { get; init; } = new("backdoor-owner");

    /// <summary>The mark; null: four random pixels drawn by the seed.</summary>
    public Trigger? Trigger { get; init; }

    /// <summary>The class that the trigger shall stand for; null: drawn by the seed.</summary>
    public int? Target { get; init; }

    /// <summary>The owner's records; null: <see cref="Count"/> records drawn by the seed over the whole set.</summary>
    public IReadOnlyList<RecordId>? Records { get; init; }

    /// <summary>How many records are drawn where <see cref="Records"/> is null.</summary>
    public int Count { get; init; }

    /// <summary>The share of the owner's records that get the trigger and the target label, in (0, 1].</summary>
    public double StampedShare { get; init; } = DefaultStampedShare;

    /// <summary>Decides every draw.</summary>
    public ulong Seed { get; init; } = 1;
}
