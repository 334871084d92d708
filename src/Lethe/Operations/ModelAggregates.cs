using Lethe.Core.Records;
using Lethe.Reports;

namespace Lethe.Operations;

/// <summary>What a model measured, as aggregates that outlive it; of a request about one record they are that record's. They stay in the run.</summary>
internal sealed record ModelAggregates
{
    public required Digest Model { get; init; }

    public double? TestAccuracy { get; init; }

    /// <summary>How many unseen records of kept classes were measured; null in figures of versions that did not count.</summary>
    public int? TestRecords { get; init; }

    /// <summary>How many retained records were measured.</summary>
    public int? RetainedRecords { get; init; }

    public double? TestLoss { get; init; }

    /// <summary>Accuracy on unseen records of classes of which none stays; null where there are none.</summary>
    public double? GoneClassAccuracy { get; init; }

    public required double RetainedAccuracy { get; init; }

    public required double RetainedLoss { get; init; }

    public required double ForgottenAccuracy { get; init; }

    public required double ForgottenLoss { get; init; }

    /// <summary>|accuracy − 0.5| of the simple membership attack; null without test data or with too few records.</summary>
    public double? Membership { get; init; }

    /// <summary>The figures that a verdict tests, by name.</summary>
    public IReadOnlyDictionary<string, double> Figures { get; init; } = new Dictionary<string, double>();

    /// <summary>Steps of relearning behind those of the figures that were taken after it.</summary>
    public int RelearnSteps { get; init; }

    /// <summary>Counts of the logit-scaled confidence on the forgotten and on unseen records; null with too few of them.</summary>
    public ScoreDistribution? Scores { get; init; }

    /// <summary>Accuracy on unseen records by class, null for a class without; null without unseen records.</summary>
    public IReadOnlyList<double?>? ClassAccuracies { get; init; }
}
