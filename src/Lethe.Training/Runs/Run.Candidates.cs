using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Training.Training;

namespace Lethe.Training.Runs;

/// <content>Keeps the outcome of a request beside the present state until it is decided on.</content>
public sealed partial class Run
{
    /// <summary>Keeps a request's outcome durably: its objects stay although nothing serves them, and the present state stays served and whole.</summary>
    /// <param name="requestId">The request; it must be the last one of the outcome's history.</param>
    /// <param name="next">The outcome.</param>
    /// <exception cref="InvalidOperationException">The outcome was made from another state of the run, or is another request's.</exception>
    public void Stage(string requestId, RunIndex next)
    {
        ArgumentNullException.ThrowIfNull(next);
        RequireWritable();
        if (next.Generation != Index.Generation || next.History.Count != Index.History.Count + 1 || next.History[^1].Request != requestId)
        {
            throw new InvalidOperationException($"The outcome does not follow the present state of run {Directory}.");
        }
        Store.Flush();
        CandidateFile.Write(RequestDirectory(requestId), next);
    }

    /// <summary>The outcome that a request keeps, if it was made from the run's present state; null otherwise.</summary>
    /// <param name="requestId">The request.</param>
    /// <exception cref="UsageException">The identifier is no plain file name.</exception>
    public RunIndex? Staged(string requestId) => CandidateFile.Read(RunFiles.RequestPath(Directory, requestId), Index);

    /// <summary>Gives up what a request keeps, outcome and intermediate objects, and destroys the objects that nothing else needs.</summary>
    /// <param name="requestId">The request.</param>
    public void Abandon(string requestId)
    {
        RequireWritable();
        var directory = RunFiles.RequestPath(Directory, requestId);
        CandidateFile.Delete(directory);
        PinFile.Delete(directory);
        Collect();
    }

    /// <summary>
    /// Overwrites every object before its removal from now on, also by later processes, until <see cref="EndErasing"/>. What that reaches depends
    /// on the file system and the drive.
    /// </summary>
    public void BeginErasing()
    {
        RequireWritable();
        ErasingMark.Set(Directory);
        store.OverwritesOnDelete = true;
    }

    /// <summary>Whether objects are overwritten before they are removed.</summary>
    public bool Erases => store.OverwritesOnDelete;

    /// <summary>Ends what <see cref="BeginErasing"/> began.</summary>
    public void EndErasing()
    {
        RequireWritable();
        store.OverwritesOnDelete = false;
        ErasingMark.Remove(Directory);
    }

    /// <summary>Whether a killed process left files half written, or overwriting not ended; the next writer removes and ends that.</summary>
    public bool HasLeftovers => RunFiles.Temporaries(Directory).Count > 0 || ErasingMark.IsSet(Directory);

    /// <summary>Whether the store holds objects that belong to nothing: what a killed process stored before it could say what for; the next writer destroys them.</summary>
    public bool HasOrphans => Store.List().Except(Index.References().Concat(Lasting).Concat(Unserved())).Any();

    /// <summary>Objects that are kept for requests which are not served: outcomes that wait, and intermediate results.</summary>
    public IReadOnlySet<Digest> Unserved() => StagedReferences().Concat(PinFile.Valid(RunFiles.RequestsPath(Directory), Index.Generation)).ToHashSet();

    /// <summary>Blocks whose records a checkpoint may have seen: those before it in training order.</summary>
    /// <param name="block">0 for the initial model … B.</param>
    public IEnumerable<int> BlocksBehind(int block) => Recipe.Scheme switch
    {
        TrainingScheme.Imported => Enumerable.Range(1, BlockCount),
        TrainingScheme.Sisa when block > 0 => Enumerable.Range(Recipe.Layout.FirstBlock(Recipe.Layout.ShardOf(block)), block - Recipe.Layout.FirstBlock(Recipe.Layout.ShardOf(block)) + 1),
        _ => Enumerable.Range(1, block),
    };

    private IEnumerable<Digest> StagedReferences() => CandidateFile.ReadAll(RunFiles.RequestsPath(Directory), Index).SelectMany(next => next.References());
}
