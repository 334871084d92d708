using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Core.Steps;

namespace Lethe.Training.Runs;

/// <summary>What the recorded steps tell of one checkpoint.</summary>
/// <param name="Block">Its number, 0 … B.</param>
/// <param name="Checkpoint">Its object in the store.</param>
/// <param name="Step">The step that made it; null: no record tells of it.</param>
/// <param name="Source">The record that holds the step; null: none.</param>
/// <param name="IsUnbroken">Whether it follows from the initial model by trained steps alone, all of whose inputs are there.</param>
/// <param name="KnowsForgotten">Whether it, or a checkpoint that it was trained from, read a record that is forgotten now, by the record.</param>
public sealed record CheckpointLineage(int Block, Digest Checkpoint, TrainingStep? Step, StepRecord? Source, bool IsUnbroken, bool KnowsForgotten);

/// <summary>Where the checkpoints of a run come from, read from the recorded steps.</summary>
public static class RunLineage
{
    /// <summary>The recorded steps of the training and of all served requests, oldest first; those that have no record are left out.</summary>
    /// <exception cref="StoreDamagedException">A file cannot be read.</exception>
    public static IReadOnlyList<StepRecord> Records(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        string[] folders = [run.Directory, .. run.Index.History.Select(entry => RunFiles.RequestPath(run.Directory, entry.Request))];
        return [.. folders.Select(folder => Path.Combine(folder, StepRecording.FileName)).Where(File.Exists).Select(Read)];
    }

    /// <summary>The lineage of every checkpoint of the run's present state.</summary>
    public static IReadOnlyList<CheckpointLineage> Of(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Of(run, run.Index, Records(run));
    }

    /// <summary>The lineage of every checkpoint that a state of the run names, ascending.</summary>
    /// <param name="run">The run.</param>
    /// <param name="index">The present state or a candidate's.</param>
    /// <param name="records">The records of steps, oldest first: the newest that tells of a block counts.</param>
    public static IReadOnlyList<CheckpointLineage> Of(Run run, RunIndex index, IReadOnlyList<StepRecord> records)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(records);
        var newest = new Dictionary<int, (TrainingStep Step, StepRecord Source)>();
        foreach (var record in records)
            foreach (var step in record.Steps) newest[step.Block] = (step, record);
        var deleted = index.Deleted.ToHashSet();
        var lineages = new CheckpointLineage?[index.Checkpoints.Count];
        for (var block = 0; block < lineages.Length; block++)
        {
            if (index.Checkpoints[block] is not { } checkpoint) continue;
            var known = newest.TryGetValue(block, out var found) && found.Step.Output == checkpoint ? found : default;
            var input = known.Step is { Kind: StepKind.Trained } ? lineages[StepRecording.StartOf(run, block)] : null;
            var follows = input is not null && input.Checkpoint == known.Step!.Input;
            var read = known.Step?.Deleted is { } told && told != StepRecording.DeletedIn(run, block, deleted);
            lineages[block] = new CheckpointLineage(
                block, checkpoint, known.Step, known.Source,
                known.Step is { Kind: StepKind.Initial } || (follows && input!.IsUnbroken),
                read || (follows && input!.KnowsForgotten));
        }
        return [.. lineages.OfType<CheckpointLineage>()];
    }

    private static StepRecord Read(string path)
    {
        try
        {
            return StepRecord.FromJson(File.ReadAllText(path));
        }
        catch (BadDataException error)
        {
            throw new StoreDamagedException($"{path} is damaged. {error.Message}", error);
        }
    }
}
