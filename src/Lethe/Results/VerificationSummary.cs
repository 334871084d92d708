using Lethe.Core.Records;
using Lethe.Core.Verdicts;
using Lethe.Reports;

namespace Lethe;

/// <summary>The run's model beside models that never saw the forgotten records.</summary>
public sealed record VerificationSummary
{
    /// <summary>The run directory.</summary>
    public required string Run { get; init; }

    /// <summary>What follows, and from what.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Where it is stored.</summary>
    public required string VerdictFile { get; init; }

    /// <summary>Where its page is.</summary>
    public required string Page { get; init; }

    /// <summary>The digest of the verified model.</summary>
    public required Digest Model { get; init; }

    /// <summary>How many records the run has forgotten in all.</summary>
    public required int Forgotten { get; init; }

    /// <summary>The seeds of the gold models.</summary>
    public required IReadOnlyList<ulong> GoldSeeds { get; init; }

    /// <summary>How many of them came from the run's cache.</summary>
    public required int GoldFromCache { get; init; }

    /// <summary>Seconds to train one gold model, as measured when it was trained.</summary>
    public required double GoldSeconds { get; init; }

    /// <summary>One row a measure.</summary>
    public required IReadOnlyList<Comparison> Measures { get; init; }

    /// <summary>Rows about all forgotten records, without an original; empty where <see cref="Measures"/> is about all of them.</summary>
    public IReadOnlyList<Comparison> AllForgotten { get; init; } = [];

    /// <summary>The figures kept of each request, oldest first; empty for a single request, whose figures are in <see cref="Measures"/>.</summary>
    public IReadOnlyList<RequestFigures> Requests { get; init; } = [];

    /// <summary>What the requests cost, beside training one gold model.</summary>
    public required IReadOnlyList<CostBar> Costs { get; init; }

    /// <summary>The promotion that was asked for and that the verdict allowed; null: none.</summary>
    public PromotionSummary? Promotion { get; init; }

    /// <summary>Why a promotion that was asked for was not made, and what to do; null: it was made, or not asked for.</summary>
    public string? NotPromoted { get; init; }

    /// <summary>Remarks that a reader of the table needs.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }
}

/// <summary>What was measured before and after a request; null where it was not measured.</summary>
/// <param name="Request">Its identifier.</param>
/// <param name="Method">The method.</param>
/// <param name="Records">How many records it forgot.</param>
/// <param name="UnseenBefore">Accuracy on unseen records before, in [0, 1].</param>
/// <param name="UnseenAfter">The same after.</param>
/// <param name="ForgottenBefore">Accuracy on the request's records before, in [0, 1].</param>
/// <param name="ForgottenAfter">The same after.</param>
public sealed record RequestFigures(
    string Request, string Method, int Records, double? UnseenBefore, double? UnseenAfter, double? ForgottenBefore, double? ForgottenAfter);
