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

    /// <summary>What each request cost, oldest first.</summary>
    public required IReadOnlyList<CostAccount> Costs { get; init; }

    /// <summary>What the canaries of the request's people said when it was served.</summary>
    public required IReadOnlyList<CanaryResult> Canaries { get; init; }

    /// <summary>What is left of the model before, and the records of the request.</summary>
    public required KeptOriginal Kept { get; init; }

    private static IEnumerable<string> CanaryRemark(Run run, ForgettingRecord? record) =>
        record is not null && CanaryStanding.Of(run, record) is { } standing ? [$"Canaries: {standing}."] : [];

    /// <summary>The run's candidate, if one waits, beside the served model; else the served model and its last request.</summary>
    /// <exception cref="BadDataException">The run has forgotten nothing.</exception>
    public static VerificationSubject Of(Run run)
    {
        if (HeldCandidate.Open(run) is { } held)
            return Candidate(run, held);
        if (run.Index.Deleted.Count == 0)
            throw new BadDataException($"{run.Directory} has forgotten nothing yet, so there is nothing to verify. Forget something first: lethe forget {run.Directory} --records 0");
        var entry = run.Index.History[^1];
        var kept = KeptOriginal.Of(run);
        var record = RequestFolder.ReadResult(Path.Combine(RequestFolder.Root(run.Directory), entry.Request));
        return new VerificationSubject
        {
            Request = entry.Request,
            Method = entry.Method,
            Guarantee = entry.Guarantee,
            Model = run.Index.Served!.Value,
            Original = kept.Model?.Model ?? record?.Before,
            OriginalExists = false,
            Deleted = run.Index.Deleted,
            Costs = [.. run.Index.History.Select(earlier => earlier.Cost)],
            Canaries = record?.Canaries ?? [],
            Kept = kept with { Remarks = [.. kept.Remarks, .. CanaryRemark(run, record)] },
        };
    }

    private static VerificationSubject Candidate(Run run, HeldCandidate held) => new()
    {
        Request = held.Request.Id,
        Method = held.Record.Method,
        Guarantee = held.Record.Guarantee,
        Model = held.Model,
        Original = run.Index.Served,
        OriginalExists = true,
        Deleted = held.Next.Deleted,
        Costs = [.. run.Index.History.Select(earlier => earlier.Cost), held.Record.Cost],
        Canaries = held.Record.Canaries,
        Kept = new KeptOriginal(
            null, [.. held.Request.Records.Select(record => record.Value)], [],
            [$"Unlearned is the candidate of {held.Request.Id}, which waits; original is the model that is served.", .. CanaryRemark(run, held.Record)]),
    };
}
