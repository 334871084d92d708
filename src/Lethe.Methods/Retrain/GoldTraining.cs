using Lethe.Core.Errors;
using Lethe.Core.Numerics;
using Lethe.Core.Plans;
using Lethe.Core.Progress;
using Lethe.Torch;
using Lethe.Training.Datasets;
using Lethe.Training.Models;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Methods.Retrain;

/// <summary>
/// Gold: the run's recipe from scratch on the retained records, to measure against. With the run's own seed it is what exact retraining
/// gives; with another seed only initial weights, order and augmentation differ (the partition stays, and so do weights that were trained
/// elsewhere: of these runs only the layers left out start anew). Nothing is stored.
/// </summary>
public static class GoldTraining
{
    private const ulong InitialWeightsPurpose = 0x474F4C44; // "GOLD"

    /// <summary>Trains one gold model.</summary>
    /// <param name="run">The run whose recipe and partition are used; may be open for reading only.</param>
    /// <param name="data">Its training data.</param>
    /// <param name="deleted">Record numbers that the model never sees: those of earlier requests and of the one measured.</param>
    /// <param name="seed">Training seed.</param>
    /// <param name="time">Clock for the cost; null: the system's.</param>
    /// <param name="progress">Told after every block (stage <c>gold</c>).</param>
    /// <param name="cancellation">Stops after the current step.</param>
    /// <exception cref="Core.Errors.BadDataException">The data is not the run's.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static GoldModel Train(
        Run run,
        TensorDataset data,
        IReadOnlySet<int> deleted,
        ulong seed,
        TimeProvider? time = null,
        IProgress<ProgressUpdate>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(data);
        run.RequireDataset(data.Manifest);
        if (run.Recipe.Scheme == TrainingScheme.Imported)
            throw new BadDataException($"Run {run.Directory} was imported: how its model was trained is unknown, so that no gold model can be trained.");
        var clock = time ?? TimeProvider.System;
        var started = clock.GetTimestamp();
        EngineProfile.Apply(run.Recipe);
        using var module = Initial(run, seed);
        using var initial = StateDict.FromModule(module);
        using var ensemble = run.Recipe.Scheme == TrainingScheme.Sisa ? (EnsembleModel)run.CreateModel() : null;
        var layout = run.Recipe.Layout;
        using var trainer = new BlockTrainer(run.Recipe with { Seed = seed }, data, run.Partition, clock);
        var samples = 0L;
        for (var block = 1; block <= run.BlockCount; block++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (ensemble is not null && layout.StartOf(block) == 0) initial.CopyTo(module);
            samples += trainer.TrainBlock(module, block, deleted, cancellation).Samples;
            if (ensemble is not null && layout.SliceOf(block) == layout.Slices)
            {
                using var member = StateDict.FromModule(module);
                member.CopyTo(ensemble.Members[layout.ShardOf(block) - 1]);
            }
            progress?.Report(new ProgressUpdate("gold", block, run.BlockCount, $"seed {seed}"));
        }
        var cost = new CostAccount(samples, clock.GetElapsedTime(started).TotalSeconds, 0, 0);
        return new GoldModel(StateDict.FromModule(ensemble ?? module), seed, cost);
    }

    private static torch.nn.Module<Tensor, Tensor> Initial(Run run, ulong seed) => seed == run.Recipe.Seed
        ? run.CreateMember()
        : run.CreateInitialModel(CounterRandom.DeriveSeed(seed, InitialWeightsPurpose));
}

/// <summary>A model that was trained without the forgotten records.</summary>
/// <param name="State">Its parameters and buffers; owned by this record.</param>
/// <param name="Seed">The training seed.</param>
/// <param name="Cost">What training it cost.</param>
public sealed record GoldModel(StateDict State, ulong Seed, CostAccount Cost) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => State.Dispose();
}
