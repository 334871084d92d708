using System.Text.Json.Serialization;
using Lethe.Core.Errors;
using Lethe.Core.Numerics;
using Lethe.Core.Records;
using Lethe.Core.Store;

namespace Lethe.Core.Steps;

/// <summary>The content of a <c>replay.json</c>: what came out when steps of a run were executed again.</summary>
public sealed record ReplayReport
{
    /// <summary>Name of the file, in the folder of the newest request or, before the first one, in the run.</summary>
    public const string FileName = "replay.json";

    /// <summary>The format that this version writes.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Version of the file's form.</summary>
    public required int Format { get; init; }

    /// <summary>The newest request of the run; null: it has forgotten nothing.</summary>
    public string? Request { get; init; }

    /// <summary>The model that the run serves.</summary>
    public required Digest Served { get; init; }

    /// <summary>Digest of the data set, computed anew from its content.</summary>
    public required Digest Data { get; init; }

    /// <summary>Digest of the partition.</summary>
    public required Digest Partition { get; init; }

    /// <summary>Digest of the recipe.</summary>
    public required Digest Recipe { get; init; }

    /// <summary>What the steps were executed with.</summary>
    public required NumericProfile Profile { get; init; }

    /// <summary>Number of forgotten records; they were blanked in memory before the first step.</summary>
    public required int Forgotten { get; init; }

    /// <summary><see cref="DeletedRecords.DigestOf"/> them.</summary>
    public required Digest Deleted { get; init; }

    /// <summary>Digests of the records of steps that were replayed from, oldest first.</summary>
    public required IReadOnlyList<Digest> Recorded { get; init; }

    /// <summary>How many of the present checkpoints' steps can be executed again.</summary>
    public required int Available { get; init; }

    /// <summary>Samples that all of them process.</summary>
    public required long AvailableSamples { get; init; }

    /// <summary>The share that was chosen by <see cref="Key"/>; null: the steps were named, or all were executed.</summary>
    public double? Share { get; init; }

    /// <summary>The key of the choice, see <see cref="Evidence.SpotCheck"/>; null without one.</summary>
    public string? Key { get; init; }

    /// <summary>The executed steps by ascending block; in an unequal replay with those that differed in an earlier one and were not executed again.</summary>
    public required IReadOnlyList<ReplayedStep> Steps { get; init; }

    /// <summary>What contradicts itself in the run besides steps with other bits.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>What the outcome proves, in sentences; empty unless all is equal.</summary>
    public required IReadOnlyList<string> Proves { get; init; }

    /// <summary>What it does not prove, in sentences.</summary>
    public required IReadOnlyList<string> DoesNotProve { get; init; }

    /// <summary>When the replay ended.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Whether every executed step gave the same bits and nothing contradicts itself.</summary>
    public bool Equal => Problems.Count == 0 && Steps.All(step => step.Equal);

    /// <summary>Samples that the executed steps processed.</summary>
    public long Samples => Steps.Sum(step => step.Samples);

    /// <summary>Digest of <see cref="ToJson"/>.</summary>
    [JsonIgnore]
    public Digest Digest => Digest.OfText(ToJson());

    /// <summary>The canonical JSON: the text of the file, which ends with one more line feed.</summary>
    public string ToJson() => CanonicalJson.Serialize(this);

    /// <summary>Reads a replay.</summary>
    /// <exception cref="BadDataException">The text is none, or one of another format.</exception>
    public static ReplayReport FromJson(string json)
    {
        var report = CanonicalJson.Deserialize<ReplayReport>(json);
        return report.Format == CurrentFormat && !report.Steps.Contains(null!)
            ? report
            : throw new BadDataException($"The replay is written in format {report.Format}, and this version reads format {CurrentFormat}: execute the steps again with `lethe evidence replay`.");
    }
}
