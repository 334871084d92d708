using Lethe.Core.Records;
using Lethe.Core.Requests;
using Lethe.Core.Verdicts;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>
/// The outcome of a request that waits for its promotion. The run still serves the model of before (<c>run.Index.Served</c>), and all its
/// objects are there; <c>run.Load(held.Model)</c> reads the candidate, and gold models for it are trained without <c>held.Next.Deleted</c>.
/// </summary>
/// <param name="Folder">The request's files; a verdict belongs there as <see cref="Verdict.FileName"/>.</param>
/// <param name="Next">The state of the run after the promotion.</param>
/// <param name="Record">The outcome as it will be stored.</param>
internal sealed record HeldCandidate(RequestFolder Folder, RunIndex Next, ForgettingRecord Record)
{
    public ForgetRequest Request => Folder.Request;

    /// <summary>The digest of the model that would be served.</summary>
    public Digest Model => Next.Served!.Value;

    /// <summary>The run's candidate; null: none waits. There is never more than one.</summary>
    /// <param name="run">Open for reading or writing.</param>
    public static HeldCandidate? Open(Run run)
    {
        foreach (var folder in RequestFolder.All(run.Directory))
        {
            if (folder.StateIn(run) == RequestState.Candidate && folder.ReadStaged() is { } record)
                return new HeldCandidate(folder, run.Staged(folder.Request.Id)!, record);
        }

        return null;
    }

    /// <summary>The verdict on this candidate; null where there is none or it is about another model.</summary>
    public Verdict? ReadVerdict() => Folder.ReadVerdict() is { } verdict && verdict.Model == Model ? verdict : null;

    /// <summary>Why it waits.</summary>
    public Waiting Waits(Run run) => Waiting.Of(Record.Gate, ReadVerdict(), PolicyFile.Of(run, Request.Id));
}
