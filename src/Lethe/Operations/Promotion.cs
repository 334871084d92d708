using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>The one place where a candidate comes into force: served and everything that still remembers destroyed, in one commit.</summary>
internal static class Promotion
{
    /// <summary>Commits the candidate. A process killed before the commit leaves it waiting; one killed after it leaves what <see cref="CommittedRequests"/> finishes.</summary>
    /// <param name="run">Open for writing.</param>
    /// <param name="held">The candidate.</param>
    /// <param name="why">What allows it.</param>
    /// <param name="erase">Whether what is destroyed is overwritten first.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The outcome as it is stored.</returns>
    public static ForgettingRecord Commit(Run run, HeldCandidate held, PromotionRecord why, bool erase, TimeProvider time)
    {
        var golds = GoldCache.Stale(run, held.Next.Deleted);
        var record = held.Record with
        {
            Destroyed = ForgettingRecord.DestroyedBy(run, held.Next),
            GoldModelsDestroyed = golds.Count,
            GoldsDestroyed = golds,
        };
        held.Folder.Stage(record);
        if (erase)
            run.BeginErasing();
        var history = held.Next.History;
        run.Commit(held.Next with { History = [.. history.SkipLast(1), history[^1] with { At = time.GetUtcNow(), Promotion = why }] });
        CommittedRequests.Finish(run);
        return record;
    }

    /// <summary>What the history says of a candidate that the gate let through.</summary>
    /// <param name="gate">What it said.</param>
    /// <param name="through">What asked for no more than the gate.</param>
    /// <param name="person">Who decided, where a person did.</param>
    public static PromotionRecord ByGate(GateOutcome gate, string through, string? person = null) =>
        new(PromotionBasis.Gate, $"{(gate.Measured ? "unverified, passed the gate" : "unverified and not measured (--no-measure)")}, by {through}", person);
}
