using Lethe.Core.Errors;
using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>What a verification judges: a model, the request that it was made for, and what is left of the model before.</summary>
internal sealed record VerificationSubject
{
    public required string Request { get; init; }

    public required string Method { get; init; }

    public required Guarantee Guarantee { get; init; }

    /// <summary>The judged model; in the run's store.</summary>
    public required Digest Model { get; init; }

    /// <summary>The model before; null where not even its digest is known.</summary>
    public required Digest? Original { get; init; }

    /// <summary>Whether the model before is still in the run's store.</summary>
    public required bool OriginalExists { get; init; }

    /// <summary>All records that the judged model must not know, ascending.</summary>
    public required IReadOnlyList<int> Deleted { get; init; }

    /// <summary>What is left of the model before, and the records of the request.</summary>
    public required KeptOriginal Kept { get; init; }

    /// <summary>The run's served model and its last request.</summary>
    /// <exception cref="BadDataException">The run has forgotten nothing.</exception>
    public static VerificationSubject Of(Run run)
    {
        if (run.Index.Deleted.Count == 0)
            throw new BadDataException($"{run.Directory} has forgotten nothing yet, so there is nothing to verify. Forget something first: lethe forget {run.Directory} --records 0");
        var entry = run.Index.History[^1];
        var kept = KeptOriginal.Of(run);
        return new VerificationSubject
        {
            Request = entry.Request,
            Method = entry.Method,
            Guarantee = entry.Guarantee,
            Model = run.Index.Served!.Value,
            Original = kept.Model?.Model ?? RequestFolder.ReadResult(Path.Combine(RequestFolder.Root(run.Directory), entry.Request))?.Before,
            OriginalExists = false,
            Deleted = run.Index.Deleted,
            Kept = kept,
        };
    }
}
