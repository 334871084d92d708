using Lethe.Core.Errors;
using Lethe.Core.Steps;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Operations;

/// <summary>Compares what a run's files say of its steps with each other, without computing anything again.</summary>
internal sealed class ReplayConsistency(Run run, IReadOnlyList<StepRecord> records, IReadOnlyList<CheckpointLineage> lineage)
{
    public IReadOnlyList<string> Problems() => [.. OfRecords(), .. OfCheckpoints(), .. OfServed()];

    /// <summary>Whether the served model is that of the last checkpoints; null where one of them is missing or cannot be read.</summary>
    public static bool? ServesLastCheckpoint(Run run)
    {
        if (run.Recipe.Scheme != TrainingScheme.Sisa)
            return run.Index.Checkpoints[^1] is { } last ? last == run.Index.Served : null;
        var layout = run.Recipe.Layout;
        if (Enumerable.Range(1, run.Recipe.Shards).Any(shard => run.Index.Checkpoints[layout.LastBlock(shard)] is null)) return null;
        try
        {
            return Core.Records.Digest.Of(ShardEnsemble.Join(run, run.Index.Checkpoints)) == run.Index.Served;
        }
        catch (StoreDamagedException)
        {
            return null;
        }
    }

    private IEnumerable<string> OfRecords()
    {
        foreach (var record in records)
        {
            string where = record.Request is { } request ? $"The steps of {request}" : "The steps of the training";
            if (record.Data != run.Dataset.Digest) yield return $"{where} were trained on other data (digest {record.Data.Short}) than the run names ({run.Dataset.Digest.Short}).";
            if (record.Partition != run.Partition.Digest) yield return $"{where} belong to another partition.";
            if (record.Recipe != run.Recipe.Digest) yield return $"{where} belong to another recipe.";
        }

        var newest = records[^1];
        string? last = run.Index.History.Count == 0 ? null : run.Index.History[^1].Request;
        if (newest.Request != last)
            yield return $"The steps of {last ?? "the training"} are not recorded.";
        else if (newest.Deleted != DeletedRecords.DigestOf(run.Index.Deleted))
            yield return "The newest recorded steps name another set of deleted records than the run's index.";
        else if (newest.Served != run.Index.Served)
            yield return "The newest recorded steps name another served model than the run's index.";
    }

    private IEnumerable<string> OfCheckpoints()
    {
        int[] unknown = [.. lineage.Where(one => one.Step is null).Select(one => one.Block)];
        if (unknown.Length > 0) yield return $"No recorded step gave these checkpoints of the run: {BlockRanges.Text(unknown)}.";
        int[] knowing = [.. lineage.Where(one => one.KnowsForgotten).Select(one => one.Block)];
        if (knowing.Length > 0)
            yield return $"By their records, these checkpoints read forgotten records, or were trained from one that did: {BlockRanges.Text(knowing)}.";
    }

    private IEnumerable<string> OfServed()
    {
        bool exact = lineage.Count == run.BlockCount + 1 && lineage.All(one => one.IsUnbroken);
        if (exact && ServesLastCheckpoint(run) == false)
            yield return "The served model is not that of the last checkpoints.";
    }
}
