using Lethe.Core.Records;
using Lethe.Core.Steps;
using Lethe.Core.Store;
using Lethe.Training.Training;

namespace Lethe.Training.Runs;

/// <summary>Records the steps by which a run's checkpoints came about, so that they can be executed again.</summary>
public static class StepRecording
{
    /// <summary>Name of the file, in the run's directory for the training and in a request's for its steps.</summary>
    public const string FileName = "steps.json";

    /// <summary>The records that training of a block passes over, whether deleted or not; SISA's slices pass over those before them too.</summary>
    /// <param name="run">The run.</param>
    /// <param name="block">1 … B.</param>
    public static IReadOnlyList<int> RecordsOf(Run run, int block)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Recipe.Scheme == TrainingScheme.Sisa ? run.Recipe.Layout.RecordsOf(run.Partition, block) : run.Partition.Block(block).ToArray();
    }

    /// <summary>Digest of the deleted records among those of a block.</summary>
    /// <param name="run">The run.</param>
    /// <param name="block">1 … B.</param>
    /// <param name="deleted">All deleted records.</param>
    public static Digest DeletedIn(Run run, int block, IReadOnlySet<int> deleted) =>
        DeletedRecords.DigestOf(RecordsOf(run, block).Where(deleted.Contains));

    /// <summary>The checkpoint that training of a block begins from: 0, or the block before it.</summary>
    public static int StartOf(Run run, int block)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Recipe.Scheme == TrainingScheme.Sisa ? run.Recipe.Layout.StartOf(block) : block - 1;
    }

    /// <summary>The steps of a request: those that were trained, and every other checkpoint that it replaced, as derived.</summary>
    /// <param name="run">The run before the request is committed.</param>
    /// <param name="request">Identifier of the request.</param>
    /// <param name="next">The run's state after it.</param>
    /// <param name="trained">The trained steps, in any order.</param>
    public static StepRecord OfRequest(Run run, string request, RunIndex next, IEnumerable<TrainingStep> trained)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(next);
        var steps = new SortedDictionary<int, TrainingStep>(trained.ToDictionary(step => step.Block));
        for (var block = 0; block < next.Checkpoints.Count; block++)
        {
            if (next.Checkpoints[block] is not { } checkpoint || steps.GetValueOrDefault(block)?.Output == checkpoint) continue;
            if (steps.Remove(block) || checkpoint != run.Index.Checkpoints[block])
                steps.Add(block, new TrainingStep(block, StepKind.Derived, null, checkpoint, null, 0, 0));
        }
        return Of(run, request, next.Deleted, next.Served!.Value, steps.Values);
    }

    /// <summary>Writes the steps of a training that is about to become ready.</summary>
    internal static void WriteTraining(Run run, Digest served)
    {
        var (index, none) = (run.Index, new HashSet<int>());
        var steps = new List<TrainingStep> { new(0, StepKind.Initial, null, index.Checkpoints[0]!.Value, null, 0, 0) };
        for (var block = 1; block <= run.BlockCount; block++)
        {
            var (input, output, cost) = (index.Checkpoints[StartOf(run, block)], index.Checkpoints[block]!.Value, index.Costs[block - 1]!);
            steps.Add(new TrainingStep(block, StepKind.Trained, input, output, DeletedIn(run, block, none), cost.Samples, cost.Seconds));
        }
        AtomicFile.WriteAllText(Path.Combine(run.Directory, FileName), Of(run, null, [], served, steps).ToJson() + "\n");
    }

    private static StepRecord Of(Run run, string? request, IEnumerable<int> deleted, Digest served, IEnumerable<TrainingStep> steps) => new()
    {
        Format = StepRecord.CurrentFormat,
        Request = request,
        Data = run.Dataset.Digest,
        Partition = run.Partition.Digest,
        Recipe = run.Recipe.Digest,
        Profile = EngineProfile.Current(run.Recipe),
        Deleted = DeletedRecords.DigestOf(deleted),
        Served = served,
        Steps = [.. steps],
    };
}
