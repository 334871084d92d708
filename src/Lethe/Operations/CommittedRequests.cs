using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>Finishes what a process that was killed after a commit, or after a withdrawal was decided, left undone. Doing it twice does nothing.</summary>
internal static class CommittedRequests
{
    /// <summary>Whether a killed process left a promotion or a withdrawal that is decided but not complete, in the files or in the ledger, or a file half written.</summary>
    public static bool AreUnfinished(Run run) =>
        run.HasLeftovers || Unfinished(run).Any() || ShadowFolder.HasAbandoned(run) || RequestFolder.All(run.Directory).Any(folder => folder.HasUnfinishedVerdict || folder.StateIn(run) switch
        {
            RequestState.Promoted => IsLast(run, folder) && RunEvents.LacksEnd(run, folder),
            RequestState.Accepted => run.HasOrphans,
            RequestState.Withdrawn => !folder.IsEmpty || RunEvents.LacksEnd(run, folder),
            _ => false,
        });

    /// <summary>Puts reports in place, destroys what belonged to earlier states (candidates, gold models, shadow results, names) and completes the ledger.</summary>
    /// <param name="run">Open for writing; opening destroyed the objects already.</param>
    /// <returns>The request that was committed last, if it was left so; null otherwise.</returns>
    public static RequestFolder? Finish(Run run)
    {
        if (Unfinished(run).Any())
        {
            GoldCache.DestroyStale(run);
            ShadowFolder.Destroy(run);
        }

        RequestFolder? last = null;
        foreach (var folder in RequestFolder.All(run.Directory))
        {
            folder.FinishVerdict();
            switch (folder.StateIn(run))
            {
                case RequestState.Promoted:
                    bool unfinished = folder.Finish(run.Erases);
                    last = IsLast(run, folder) && (unfinished || RunEvents.LacksEnd(run, folder)) ? folder : last;
                    break;
                case RequestState.Withdrawn:
                    WithdrawOperation.Clear(run, folder);
                    break;
            }
        }

        ShadowFolder.DestroyAbandoned(run);
        if (run.Erases)
            run.EndErasing();
        RunEvents.Complete(run);
        return last;
    }

    /// <summary>Finishes for commands that only read, where nobody writes; otherwise the writer does.</summary>
    /// <param name="directory">The run directory.</param>
    public static void FinishBeforeReading(string directory)
    {
        using (var run = Run.Open(directory, writable: false))
        {
            if (!AreUnfinished(run))
                return;
        }

        try
        {
            using var run = Run.Open(directory, writable: true);
            Finish(run);
        }
        catch (Core.Errors.RunInUseException)
        {
            // Its writer is about to do the same.
        }
    }

    private static bool IsLast(Run run, RequestFolder folder) => run.Index.History[^1].Request == folder.Request.Id;

    private static IEnumerable<RequestFolder> Unfinished(Run run) =>
        run.Index.History.Select(entry => RequestFolder.Find(run.Directory, entry.Request)).OfType<RequestFolder>().Where(folder => folder.HasCandidateFile);
}
