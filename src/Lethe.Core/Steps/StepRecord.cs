using System.Text.Json.Serialization;
using Lethe.Core.Errors;
using Lethe.Core.Numerics;
using Lethe.Core.Records;
using Lethe.Core.Store;

namespace Lethe.Core.Steps;

/// <summary>
/// The content of a <c>steps.json</c>: the steps of a training, or those by which a request was served. It holds digests and counts, no sample,
/// name or record number.
/// </summary>
public sealed record StepRecord
{
    /// <summary>The format that this version writes.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Version of the file's form.</summary>
    public required int Format { get; init; }

    /// <summary>The request that the steps served; null: the first training.</summary>
    public string? Request { get; init; }

    /// <summary>Digest of the data set.</summary>
    public required Digest Data { get; init; }

    /// <summary>Digest of the partition.</summary>
    public required Digest Partition { get; init; }

    /// <summary>Digest of the recipe.</summary>
    public required Digest Recipe { get; init; }

    /// <summary>What the steps were computed with.</summary>
    public required NumericProfile Profile { get; init; }

    /// <summary><see cref="DeletedRecords.DigestOf"/> all records that were deleted, those of earlier requests included.</summary>
    public required Digest Deleted { get; init; }

    /// <summary>The model that is served afterwards.</summary>
    public required Digest Served { get; init; }

    /// <summary>The steps by ascending block, one for each checkpoint that was made.</summary>
    public required IReadOnlyList<TrainingStep> Steps { get; init; }

    /// <summary>Digest of <see cref="ToJson"/>.</summary>
    [JsonIgnore]
    public Digest Digest => Digest.OfText(ToJson());

    /// <summary>The canonical JSON: the text of the file, which ends with one more line feed.</summary>
    public string ToJson() => CanonicalJson.Serialize(this);

    /// <summary>Reads a record and checks that its steps are well formed and ascending.</summary>
    /// <exception cref="BadDataException">The text is no valid record of steps.</exception>
    public static StepRecord FromJson(string json)
    {
        var record = CanonicalJson.Deserialize<StepRecord>(json);
        if (record.Format != CurrentFormat)
            throw new BadDataException($"The steps are written in format {record.Format}, and this version reads format {CurrentFormat}: use the version of Lethe that wrote them.");
        var before = -1;
        foreach (var step in record.Steps)
        {
            if (step is null || step.Block <= before || !IsWhole(step))
                throw new BadDataException("The steps are not well formed: blocks must ascend, and trained steps need input and deleted set. Restore the file from a backup.");
            before = step.Block;
        }
        return record;
    }

    private static bool IsWhole(TrainingStep step) => step.Kind switch
    {
        StepKind.Initial => step is { Block: 0, Input: null, Deleted: null },
        StepKind.Trained => step is { Block: > 0, Input: not null, Deleted: not null },
        _ => step is { Input: null, Deleted: null },
    };
}
