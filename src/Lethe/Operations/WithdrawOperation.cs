using Lethe.Core.Errors;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>Gives a request up that is not promoted: its candidate and its intermediate objects are destroyed, nothing is forgotten.</summary>
internal sealed class WithdrawOperation(WithdrawalOptions options, TimeProvider time)
{
    public WithdrawalSummary Withdraw(string directory, string request)
    {
        using var run = Run.Open(directory, writable: true);
        CommittedRequests.Finish(run);
        var folder = RequestFolder.Find(run.Directory, request);
        var state = folder?.StateIn(run);
        if (folder is null || state is RequestState.Promoted or RequestState.Withdrawn)
            throw new BadDataException(WhyNot(run, request, state));
        int before = run.Store.List().Count();
        if (options.SecureErase)
            run.BeginErasing();
        folder.MarkWithdrawn(new Withdrawal(time.GetUtcNow(), state!.Value, options.Reason));
        Clear(run, folder);
        if (run.Erases)
            run.EndErasing();
        RunEvents.Complete(run);
        return new WithdrawalSummary
        {
            Run = run.Directory,
            Request = request,
            Was = state.Value,
            Records = folder.Request.Records.Count,
            Served = run.Index.Served,
            ObjectsDestroyed = before - run.Store.List().Count(),
        };
    }

    /// <summary>Destroys what a withdrawn request still has; doing it twice does nothing.</summary>
    public static void Clear(Run run, RequestFolder folder)
    {
        if (folder.IsEmpty)
            return;
        run.Abandon(folder.Request.Id);
        folder.Empty(run.Erases);
        GoldCache.DestroyStale(run);
        if (HeldCandidate.Open(run) is null)
            ShadowFolder.Destroy(run);
    }

    private static string WhyNot(Run run, string request, RequestState? state) => state switch
    {
        RequestState.Promoted => $"{request} is promoted: its records are forgotten, and what knew them is destroyed. That cannot be taken back.",
        RequestState.Withdrawn => $"{request} was withdrawn already.",
        _ => $"{run.Directory} has no request {request}. {Open(run)}",
    };

    private static string Open(Run run)
    {
        string[] open = [.. RequestFolder.All(run.Directory).Where(folder => folder.StateIn(run) is RequestState.Accepted or RequestState.Candidate).Select(folder => folder.Request.Id)];
        return open.Length == 0 ? "No request is open, so there is nothing to withdraw." : $"Open requests: {string.Join(", ", open)}.";
    }
}
