using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Reports;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe;

/// <summary>What a run is and what happened to it.</summary>
public sealed record RunOverview
{
    /// <summary>The run directory.</summary>
    public required string Run { get; init; }

    /// <summary>training or ready.</summary>
    public required string Status { get; init; }

    /// <summary>How the run is trained.</summary>
    public required TrainingScheme Scheme { get; init; }

    /// <summary>How far training is, in words: blocks, or in plain training epochs.</summary>
    public required string Reached { get; init; }

    /// <summary>Blocks that are trained.</summary>
    public required int TrainedBlocks { get; init; }

    /// <summary>Blocks of the run.</summary>
    public required int BlockCount { get; init; }

    /// <summary>How often the run's index was replaced.</summary>
    public required int Generation { get; init; }

    /// <summary>Data, recipe and machine, ready to print.</summary>
    public required IReadOnlyList<Fact> Setting { get; init; }

    /// <summary>The digest of the model that is served; null while training.</summary>
    public Digest? Model { get; init; }

    /// <summary>How many records the run has forgotten.</summary>
    public required int Forgotten { get; init; }

    /// <summary>Δ of training noise: the least and the greatest of the measured blocks; null before it is measured.</summary>
    public FloorRange? NoiseFloor { get; init; }

    /// <summary>The requests so far.</summary>
    public required IReadOnlyList<ServedRequest> History { get; init; }

    /// <summary>Requests that are not promoted: open ones, the candidate that waits, withdrawn ones.</summary>
    public IReadOnlyList<RequestStanding> Requests { get; init; } = [];

    /// <summary>Bytes in the run directory.</summary>
    public required long BytesOnDisk { get; init; }

    /// <summary>Bytes of one model.</summary>
    public required long BytesOfModel { get; init; }

    /// <summary>The search for residue, where it was asked for.</summary>
    public ResidueReport? Residue { get; init; }
}

/// <summary>Least and greatest value of the noise floor over the measured blocks.</summary>
/// <param name="Least">The least.</param>
/// <param name="Greatest">The greatest.</param>
public sealed record FloorRange(double Least, double Greatest);

/// <summary>A request that a run has served.</summary>
/// <param name="Request">Its identifier.</param>
/// <param name="Method">The method.</param>
/// <param name="Guarantee">What it guarantees.</param>
/// <param name="Records">How many records it forgot.</param>
/// <param name="Cost">What it cost.</param>
/// <param name="At">When it was committed.</param>
public sealed record ServedRequest(string Request, string Method, Guarantee Guarantee, int Records, CostAccount Cost, DateTimeOffset At)
{
    /// <summary>Why its model was served; null for requests of versions that did not ask.</summary>
    public PromotionRecord? Promotion { get; init; }
}

/// <summary>A request that is not promoted.</summary>
/// <param name="Request">Its identifier.</param>
/// <param name="State">How far it is.</param>
/// <param name="Records">How many records it is about.</param>
/// <param name="At">When it arrived, or was withdrawn.</param>
/// <param name="Remark">What is known of it and what can be done.</param>
public sealed record RequestStanding(string Request, RequestState State, int Records, DateTimeOffset At, string Remark);

/// <summary>The outcome of a search for anything that still carries forgotten records.</summary>
public sealed record ResidueReport
{
    /// <summary>Files that were looked at.</summary>
    public required int Files { get; init; }

    /// <summary>Bytes that were read.</summary>
    public required long Bytes { get; init; }

    /// <summary>How many forgotten records were searched for by their raw bytes; 0 where the data cannot be read.</summary>
    public required int RecordsSearched { get; init; }

    /// <summary>What was found; empty when nothing is left.</summary>
    public required IReadOnlyList<string> Found { get; init; }

    /// <summary>What is kept about forgotten records on purpose, and why.</summary>
    public required IReadOnlyList<string> Kept { get; init; }

    /// <summary>What could not be checked, and why.</summary>
    public required IReadOnlyList<string> NotChecked { get; init; }
}
