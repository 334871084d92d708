using Lethe.Core.Records;
using Lethe.Training.Datasets;
using Lethe.Training.Training;

namespace Lethe.Training.Runs;

/// <summary>A slice that was trained, by whatever process.</summary>
/// <param name="Block">Its block.</param>
/// <param name="Checkpoint">The shard's model after it; an object of the run's store.</param>
/// <param name="Result">What it cost and gave.</param>
public sealed record TrainedSlice(int Block, Digest Checkpoint, BlockResult Result);

/// <summary>Trains one shard of a run whose index another process writes.</summary>
public static class ShardTraining
{
    /// <summary>Shards with a slice that has no checkpoint, ascending; a damaged checkpoint is removed and counts as none.</summary>
    /// <param name="run">A run of scheme sisa, open for writing.</param>
    public static IReadOnlyList<int> Unfinished(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var layout = run.Recipe.Layout;
        return [.. Enumerable.Range(1, run.BlockCount).Where(block => !run.Holds(block)).Select(layout.ShardOf).Distinct()];
    }

    /// <summary>Trains the slices of a shard that have no checkpoint yet. Checkpoints are durable when they are told.</summary>
    /// <param name="run">A run of scheme sisa, open for reading.</param>
    /// <param name="dataset">The data that the run was made for.</param>
    /// <param name="shard">1 … S.</param>
    /// <param name="onSlice">Told after every slice; nothing refers to a checkpoint before the writer of the run has recorded it.</param>
    /// <param name="cancellation">Stops after the current step.</param>
    /// <param name="options">What may vary; null: the defaults.</param>
    /// <exception cref="Core.Errors.BadDataException">The data or the numeric profile is not the run's.</exception>
    /// <exception cref="Core.Errors.LetheException">Training diverged: a slice's loss is no finite number.</exception>
    public static void Train(Run run, TensorDataset dataset, int shard, Action<TrainedSlice> onSlice, CancellationToken cancellation, TrainingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(onSlice);
        options ??= new TrainingOptions();
        run.RequireDataset(dataset.Manifest);
        if (!options.ForceProfile) EngineProfile.Require(run.Profile, EngineProfile.Current(run.Recipe));
        EngineProfile.Apply(run.Recipe);
        var layout = run.Recipe.Layout;
        using var trainer = new BlockTrainer(run.Recipe, dataset, run.Partition, options.Time);
        using var model = run.CreateMember();
        var excluded = run.Index.Deleted.ToHashSet();
        var holds = 0;
        for (var block = layout.FirstBlock(shard); block <= layout.LastBlock(shard); block++)
        {
            if (run.Index.Checkpoints[block] is not null) continue;
            if (layout.StartOf(block) is > 0 and var start && start != holds)
            {
                using var before = run.LoadCheckpoint(start);
                before.CopyTo(model);
            }
            var result = trainer.TrainBlock(model, block, excluded, cancellation);
            TrainingSession.RequireFinite(run, result.MeanLoss, result.Samples, $"shard {shard}, slice {layout.SliceOf(block)}");
            using var state = StateDict.FromModule(model);
            var digest = run.Store.Put(state.ToSafetensors());
            run.Store.Flush();
            onSlice(new TrainedSlice(block, digest, result));
            holds = block;
        }
    }
}
