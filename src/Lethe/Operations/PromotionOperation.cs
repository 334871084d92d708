using Lethe.Core.Errors;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>Puts a held candidate into force, by its verdict or by a person's decision.</summary>
internal sealed class PromotionOperation(PromotionOptions options, TimeProvider time)
{
    public PromotionSummary Promote(string directory, string? request)
    {
        if (options.Override is { } reason && string.IsNullOrWhiteSpace(reason))
            throw new UsageException("--override needs a reason: it is kept in the run's history.");
        using var run = Run.Open(directory, writable: true);
        var completed = CommittedRequests.Finish(run);
        if (completed is not null && (request ?? completed.Request.Id) == completed.Request.Id && completed.ReadResult() is { } outcome)
            return Summarize(run, completed, outcome);
        var held = HeldCandidate.Open(run);
        if (held is null || (request is not null && held.Request.Id != request))
            throw new BadDataException(WhyNot(run, request, held));
        return Summarize(run, held.Folder, Promotion.Commit(run, held, Decide(run, held), options.SecureErase, time));
    }

    /// <exception cref="BadDataException">No candidate waits.</exception>
    public static void RequireCandidate(Run run)
    {
        if (HeldCandidate.Open(run) is null)
            throw new BadDataException(WhyNot(run, null, null));
    }

    /// <summary>Promotes the candidate that was just judged, if its verdict allows it.</summary>
    public static VerificationSummary AfterVerdict(Run run, VerificationSummary summary, bool erase, TimeProvider time)
    {
        var held = HeldCandidate.Open(run)!;
        var verdict = held.ReadVerdict();
        return PromotionDecision.ByVerdict(held, verdict, PolicyFile.Of(run, held.Request.Id)) is { } why
            ? summary with { Promotion = Summarize(run, held.Folder, Promotion.Commit(run, held, why, erase, time)) }
            : summary with { NotPromoted = PromotionDecision.WhyNot(run, held, verdict) };
    }

    /// <summary>Says of a candidate that was only judged what to do with it; other models are served already.</summary>
    public static VerificationSummary WithNextStep(Run run, VerificationSummary summary)
    {
        if (HeldCandidate.Open(run) is not { } held)
            return summary;
        var verdict = held.ReadVerdict();
        string next = PromotionDecision.ByVerdict(held, verdict, PolicyFile.Of(run, held.Request.Id)) is null
            ? PromotionDecision.WhyNot(run, held, verdict)
            : $"Its verdict allows {held.Request.Id} to be served: lethe promote {run.Directory}";
        return summary with { Remarks = [.. summary.Remarks, next] };
    }

    private PromotionRecord Decide(Run run, HeldCandidate held)
    {
        var verdict = held.ReadVerdict();
        var policy = PolicyFile.Of(run, held.Request.Id);
        if (options.Override is { } reason)
            return new PromotionRecord(PromotionBasis.Override, reason, options.By ?? Environment.UserName) { Verdict = PromotionDecision.OwnKind(verdict, policy) };
        return PromotionDecision.ByVerdict(held, verdict, policy)
            ?? throw new CandidateWaitsException(PromotionDecision.WhyNot(run, held, verdict));
    }

    private static string WhyNot(Run run, string? request, HeldCandidate? held)
    {
        string waiting = held is null ? "no candidate waits" : $"the candidate that waits is that of {held.Request.Id}";
        if (request is null)
            return $"There is nothing to promote in {run.Directory}: {waiting}. `lethe forget` makes one.";
        return RequestFolder.Find(run.Directory, request)?.StateIn(run) switch
        {
            RequestState.Promoted => $"{request} is promoted already: its model is served, or was until a later request.",
            RequestState.Withdrawn => $"{request} was withdrawn: its candidate is destroyed. Make the request again with `lethe forget`.",
            RequestState.Accepted => $"{request} has no candidate yet: repeat its `lethe forget` command, which goes on where it was.",
            _ => $"{run.Directory} has no request {request}; {waiting}.",
        };
    }

    private static PromotionSummary Summarize(Run run, RequestFolder folder, ForgettingRecord record)
    {
        var entry = run.Index.History.Single(entry => entry.Request == folder.Request.Id);
        return new PromotionSummary
        {
            Run = run.Directory,
            Request = record.Request,
            Records = record.Records,
            Promotion = entry.Promotion!,
            Before = record.Before,
            After = record.After,
            ObjectsDestroyed = record.Destroyed.Count,
            GoldModelsDestroyed = record.GoldModelsDestroyed,
            Report = folder.Report,
        };
    }
}
