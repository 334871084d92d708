using Lethe.Core.Numerics;
using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Core.Verdicts;

namespace Lethe.Core.Evidence;

/// <summary>
/// What a certificate states about one served request. Of the people in the data it names none: records only as a Merkle root over salted digests,
/// documents that hold record numbers only as seals (<see cref="RunSecret.Seal"/>). Who had the model served, and why, is in it in clear: <see cref="CertifiedPromotion"/>.
/// </summary>
public sealed record EvidenceRecord
{
    /// <summary>SHA-256 of the run's description, all bytes of <c>run.json</c>.</summary>
    public required Digest Run { get; init; }

    /// <summary>Identifier of the request in the run.</summary>
    public required string Request { get; init; }

    /// <summary>When the request arrived.</summary>
    public required DateTimeOffset Received { get; init; }

    /// <summary>When its model began to be served.</summary>
    public required DateTimeOffset Promoted { get; init; }

    /// <summary>Digest of the data set.</summary>
    public required Digest Data { get; init; }

    /// <summary>How many records the data set has.</summary>
    public required int Records { get; init; }

    /// <summary>Root of the Merkle tree over the commitments of all records (<see cref="RecordDigests.CommitmentOf"/>), forgotten or not, in the order of their numbers.</summary>
    public required Digest AllRecordsRoot { get; init; }

    /// <summary>Digest of the partition into blocks.</summary>
    public required Digest Partition { get; init; }

    /// <summary>Digest of the recipe.</summary>
    public required Digest Recipe { get; init; }

    /// <summary>What the run's bits were computed with.</summary>
    public required NumericProfile Profile { get; init; }

    /// <summary>Name of the method.</summary>
    public required string Method { get; init; }

    /// <summary>What the method promises.</summary>
    public required Guarantee Guarantee { get; init; }

    /// <summary>Digest of the model served before.</summary>
    public required Digest Before { get; init; }

    /// <summary>Digest of the model served since.</summary>
    public required Digest After { get; init; }

    /// <summary>How many records the request asked to forget.</summary>
    public required int Requested { get; init; }

    /// <summary>Root of the <see cref="SortedMerkleTree"/> over their salted digests.</summary>
    public required Digest RequestedRoot { get; init; }

    /// <summary>How many records training may still read.</summary>
    public required int Retained { get; init; }

    /// <summary>Root of the <see cref="SortedMerkleTree"/> over their salted digests.</summary>
    public required Digest RetainedRoot { get; init; }

    /// <summary>Seal of <c>request.json</c>.</summary>
    public required Digest RequestSeal { get; init; }

    /// <summary>Seal of <c>plan.json</c>.</summary>
    public required Digest PlanSeal { get; init; }

    /// <summary>Seal of <c>result.json</c>: cost, measurements and the digests of what was destroyed.</summary>
    public required Digest ResultSeal { get; init; }

    /// <summary>Seal of <c>steps.json</c>; null: the steps were not recorded.</summary>
    public Digest? StepsSeal { get; init; }

    /// <summary>The choice of steps to execute again; null: the steps were not recorded.</summary>
    public ChosenSteps? SpotChecks { get; init; }

    /// <summary>The replay of recorded steps on which the statement rests; null: none was made.</summary>
    public CertifiedReplay? Replay { get; init; }

    /// <summary>What allowed the model to be served; null: not stated.</summary>
    public CertifiedPromotion? Promotion { get; init; }

    /// <summary>What a verification concluded about the model; null: there was none.</summary>
    public VerdictKind? Verdict { get; init; }

    /// <summary>Digest of the policy that the verdict applied; null without one.</summary>
    public Digest? Policy { get; init; }

    /// <summary>SHA-256 of the documents that go with the certificate, by file name: verdict and policy.</summary>
    public required IReadOnlyDictionary<string, Digest> Documents { get; init; }
}

/// <summary>A sealed choice of steps.</summary>
/// <param name="Count">How many steps were chosen.</param>
/// <param name="Of">Of how many that can be executed again.</param>
/// <param name="Seal">Seal of the numbers.</param>
public sealed record ChosenSteps(int Count, int Of, Digest Seal);
