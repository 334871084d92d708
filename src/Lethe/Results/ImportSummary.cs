using Lethe.Core.Records;
using Lethe.Reports;

namespace Lethe;

/// <summary>What was imported.</summary>
public sealed record ImportSummary
{
    /// <summary>The run directory.</summary>
    public required string Run { get; init; }

    /// <summary>The model and the data, ready to print.</summary>
    public required IReadOnlyList<Fact> Setting { get; init; }

    /// <summary>Trained numbers of the model.</summary>
    public required long Parameters { get; init; }

    /// <summary>How samples are prepared for the model.</summary>
    public required string Input { get; init; }

    /// <summary>Top-1 accuracy on <see cref="TrainingRecords"/> records of the training data, 0…1.</summary>
    public required double TrainingAccuracy { get; init; }

    /// <summary>How many training records were measured.</summary>
    public required int TrainingRecords { get; init; }

    /// <summary>Top-1 accuracy on the test data, 0…1; null without test data.</summary>
    public double? TestAccuracy { get; init; }

    /// <summary>What methods train with unless told otherwise: optimizer, rate, batch size.</summary>
    public required string Steps { get; init; }

    /// <summary>Options of <c>lethe import</c> that were not given, so that <see cref="Steps"/> holds defaults that nobody chose.</summary>
    public required IReadOnlyList<string> Assumed { get; init; }

    /// <summary>What may be wrong: inputs that are prepared otherwise than in training, classes in another order.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The digest of the model in the run.</summary>
    public required Digest Digest { get; init; }
}
