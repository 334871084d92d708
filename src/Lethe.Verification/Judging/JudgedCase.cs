using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Core.Verdicts;

namespace Lethe.Verification;

/// <summary>All that a verdict rests on.</summary>
public sealed record JudgedCase
{
    /// <summary>Digest of the judged model.</summary>
    public required Digest Model { get; init; }

    /// <summary>Digest of the untouched model; null where it is unknown.</summary>
    public Digest? Original { get; init; }

    /// <summary>Where the original's figures come from, in words.</summary>
    public required string OriginalSource { get; init; }

    /// <summary>The request that the model was made for.</summary>
    public required string Request { get; init; }

    /// <summary>How many records it is about.</summary>
    public required int Records { get; init; }

    /// <summary>The method that made the model.</summary>
    public required string Method { get; init; }

    /// <summary>What the method promises.</summary>
    public required Guarantee Guarantee { get; init; }

    /// <summary>Training seeds of the gold models, in the order of all lists of gold figures; empty where they were named as files.</summary>
    public required IReadOnlyList<ulong> Golds { get; init; }

    /// <summary>Digests of the parameters of gold models that were named as files, in the order of all lists of gold figures.</summary>
    public IReadOnlyList<Digest> NamedGolds { get; init; } = [];

    /// <summary>How many gold models there are.</summary>
    internal int GoldCount => Golds.Count + NamedGolds.Count;

    /// <summary>The measures, re-tests included.</summary>
    public required IReadOnlyList<JudgedMeasure> Measures { get; init; }

    /// <summary>Accuracy on records that it should still know: unseen ones of kept classes, or retained ones.</summary>
    public required UsefulAccuracy Useful { get; init; }

    /// <summary>Privacy of retained neighbours; null: not measured.</summary>
    public NeighbourPrivacy? Neighbours { get; init; }
}

/// <summary>Accuracy on records that a model should still know, in [0, 1].</summary>
/// <param name="Original">The untouched model's; null where unknown.</param>
/// <param name="Candidate">The judged model's.</param>
/// <param name="Golds">One for each gold model.</param>
/// <param name="Records">How many records it was measured on.</param>
public sealed record UsefulAccuracy(double? Original, double Candidate, IReadOnlyList<double> Golds, int Records);
