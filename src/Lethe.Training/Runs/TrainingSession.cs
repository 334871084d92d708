using System.Globalization;
using Lethe.Core.Errors;
using Lethe.Core.Progress;
using Lethe.Torch;
using Lethe.Training.Datasets;
using Lethe.Training.Training;

namespace Lethe.Training.Runs;

/// <summary>Trains a run to its end, from wherever it is.</summary>
public sealed class TrainingSession
{
    // Blocks may take milliseconds: a loss of power costs at most this much work, a killed process none.
    private static readonly TimeSpan DurableEvery = TimeSpan.FromSeconds(2);

    private readonly Run run;
    private readonly HashSet<int> excluded;
    private readonly TensorDataset dataset;
    private readonly TrainingOptions options;
    private readonly IProgress<ProgressUpdate>? progress;
    private long durableAt;

    private TrainingSession(Run run, TensorDataset dataset, TrainingOptions options, IProgress<ProgressUpdate>? progress)
    {
        this.run = run;
        excluded = [.. run.Index.Deleted];
        this.dataset = dataset;
        this.options = options;
        this.progress = progress;
        durableAt = options.Time.GetTimestamp();
    }

    /// <summary>Trains all blocks that are missing, each followed by its checkpoint, then measures the noise floor of training in blocks.</summary>
    /// <param name="run">The run, open for writing; nothing happens when it is ready.</param>
    /// <param name="dataset">The data that the run was made for.</param>
    /// <param name="progress">Told after every epoch (<c>train</c>) and every block of the <c>noise floor</c>.</param>
    /// <param name="cancellation">Stops after the current step; all complete blocks (in plain training, epochs but those of the last seconds) are saved and a later call goes on.</param>
    /// <param name="options">What may vary; null: the defaults.</param>
    /// <exception cref="BadDataException">The data or the numeric profile is not the run's.</exception>
    /// <exception cref="LetheException">Training diverged: a block's loss is no finite number.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the run can be resumed.</exception>
    public static void Train(
        Run run,
        TensorDataset dataset,
        IProgress<ProgressUpdate>? progress,
        CancellationToken cancellation,
        TrainingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(dataset);
        options ??= new TrainingOptions();
        if (run.Index.Status == RunStatus.Ready)
        {
            return;
        }
        if (run.Recipe.Scheme == TrainingScheme.Imported)
        {
            run.RequireReady();
        }
        run.RequireDataset(dataset.Manifest);
        if (!options.ForceProfile)
        {
            EngineProfile.Require(run.Profile, EngineProfile.Current(run.Recipe));
        }
        EngineProfile.Apply(run.Recipe);
        new TrainingSession(run, dataset, options, progress).ToEnd(cancellation);
    }

    private void ToEnd(CancellationToken cancellation)
    {
        using var trainer = new BlockTrainer(run.Recipe, dataset, run.Partition, options.Time);
        try
        {
            if (run.Recipe.Scheme == TrainingScheme.Sisa) TrainSlices(trainer, cancellation);
            else TrainBlocks(trainer, cancellation);
            if (run.Recipe.Scheme == TrainingScheme.DeepObliviate)
            {
                new NoiseFloorMeasurement(run, trainer, options, progress).Measure(excluded, cancellation);
            }
        }
        finally
        {
            run.Record(run.Index, durable: true);
        }
        var served = run.Recipe.Scheme == TrainingScheme.Sisa ? run.Store.Put(ShardEnsemble.Join(run, run.Index.Checkpoints)) : run.Index.Checkpoints[^1];
        StepRecording.WriteTraining(run, served!.Value);
        run.Commit(run.Index with { Status = RunStatus.Ready, Served = served });
    }

    private void TrainBlocks(BlockTrainer trainer, CancellationToken cancellation)
    {
        using var model = run.CreateMember();
        var done = Restore(model);
        if (done < 0)
        {
            Save(model, 0, null);
            done = 0;
        }
        var keeper = run.Recipe.Scheme == TrainingScheme.Plain ? new EpochKeeper(run, options, DurableEvery) : null;
        for (var block = done + 1; block <= run.BlockCount; block++)
        {
            var result = trainer.TrainBlock(
                model, block, excluded, run.Recipe.Seed, keeper, EpochProgress(block), cancellation);
            RequireFinite(run, result.MeanLoss, result.Samples, $"block {block}");
            Save(model, block, result);
        }
    }

    // Slices that other processes have trained are taken as they are, in whatever order they came.
    private void TrainSlices(BlockTrainer trainer, CancellationToken cancellation)
    {
        using var model = run.CreateMember();
        if (!run.Holds(0)) Save(model, 0, null);
        var holds = 0;
        for (var block = 1; block <= run.BlockCount; block++)
        {
            if (run.Holds(block)) continue;
            var start = run.Recipe.Layout.StartOf(block);
            if (holds != start || start == 0)
            {
                using var state = run.LoadCheckpoint(start);
                state.CopyTo(model);
            }
            var result = trainer.TrainBlock(model, block, excluded, cancellation, EpochProgress(block));
            RequireFinite(run, result.MeanLoss, result.Samples, $"shard {run.Recipe.Layout.ShardOf(block)}");
            Save(model, block, result);
            holds = block;
        }
    }

    /// <exception cref="LetheException">The loss is no finite number.</exception>
    internal static void RequireFinite(Run run, double meanLoss, long samples, string where)
    {
        if (samples > 0 && !double.IsFinite(meanLoss))
        {
            throw new LetheException(
                $"Training diverged: the loss of {where} is no finite number, so the model would be worthless. "
                + string.Create(CultureInfo.InvariantCulture, $"Train another run with a smaller learning rate (--lr; it was {run.Recipe.LearningRate})."));
        }
    }

    // The newest checkpoint that verifies counts: after a loss of power later ones may be cut short.
    private int Restore(torch.nn.Module<Tensor, Tensor> model)
    {
        for (var block = run.Index.LastTrainedBlock; block >= 0; block--)
        {
            try
            {
                using var state = run.LoadCheckpoint(block);
                state.CopyTo(model);
            }
            catch (StoreDamagedException)
            {
                var damaged = run.Index.Checkpoints[block]!.Value;
                run.Record(run.Index.WithoutBlock(block), durable: true);
                run.Store.Delete(damaged);
                continue;
            }
            return block;
        }
        return -1;
    }

    private void Save(torch.nn.Module<Tensor, Tensor> model, int block, BlockResult? result)
    {
        using var state = StateDict.FromModule(model);
        var digest = run.Put(state);
        var durable = options.Time.GetElapsedTime(durableAt) >= DurableEvery;
        run.Record(run.Index.WithBlock(block, digest, result, run.Store.SizeOf(digest)), durable);
        if (durable)
        {
            durableAt = options.Time.GetTimestamp();
        }
    }

    private Forward? EpochProgress(int block) => progress is null ? null : new Forward(progress, run, block);

    private sealed class Forward(IProgress<ProgressUpdate> target, Run run, int block) : IProgress<ProgressUpdate>
    {
        public void Report(ProgressUpdate value) => target.Report(new ProgressUpdate(
            "train",
            (block - 1) * value.Total + value.Done,
            run.BlockCount * value.Total,
            Where(value)));

        private string Where(ProgressUpdate value) => run.Recipe.Scheme switch
        {
            TrainingScheme.Plain => $"epoch {value.Done} of {value.Total}",
            TrainingScheme.Sisa => $"shard {run.Recipe.Layout.ShardOf(block)} of {run.Recipe.Shards}, slice {run.Recipe.Layout.SliceOf(block)}",
            _ => $"block {block} of {run.BlockCount}",
        };
    }
}
