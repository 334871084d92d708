using Lethe.Core.Numerics;
using Lethe.Core.Partitions;
using Lethe.Core.Progress;
using Lethe.Torch;
using Lethe.Training.Datasets;
using Lethe.Training.Models;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Training.Training;

/// <summary>Trains a model block by block; a block's result depends on the recipe, its number, the deletions and the start only.</summary>
/// <remarks>
/// The optimizer starts empty in a block, and the learning rate is constant in it, or in other schemes than deep-obliviate in each epoch. A deleted record leaves its slot empty: all others keep
/// their batch, augmentation and dropout, and the loss stays the sum over the batch divided by the batch's original size. A batch without records still takes its
/// step, with zero gradients; so does a batch with one record left when the model has batch normalisation.
/// </remarks>
/// <threadsafety instance="false"/>
public sealed class BlockTrainer : IDisposable
{
    private const ulong DropoutStream = 0xD80;

    private readonly Recipe recipe;
    private readonly TensorDataset dataset;
    private readonly Partition partition;
    private readonly Normalization normalization;
    private readonly TimeProvider time;
    private readonly Device device;
    private readonly Augmenter? augmenter;

    /// <summary>Binds a recipe to its data.</summary>
    /// <param name="recipe">Its normalization must be set and its precision resolved.</param>
    /// <param name="dataset">The training data; stays the caller's.</param>
    /// <param name="partition">Which record is in which slot of which block.</param>
    /// <param name="time">Clock for <see cref="BlockResult.Seconds"/>; null: the system's.</param>
    /// <exception cref="ArgumentException">The recipe is not resolved, see <see cref="RecipeResolution"/>.</exception>
    public BlockTrainer(Recipe recipe, TensorDataset dataset, Partition partition, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(partition);
        if (recipe.Precision == Precision.Auto || recipe.Normalization is null)
        {
            throw new ArgumentException("The recipe still says auto; resolve it with the training data first.", nameof(recipe));
        }
        this.recipe = recipe;
        this.dataset = dataset;
        this.partition = partition;
        this.time = time ?? TimeProvider.System;
        normalization = recipe.Normalization;
        device = torch.device(recipe.Device);
        augmenter = Augmenter.For(recipe, recipe.Seed, dataset.Manifest.SampleShape, device);
    }

    /// <summary>Trains a module on a block, in place.</summary>
    /// <param name="module">The model after block − 1; left on the recipe's device and in training mode.</param>
    /// <param name="block">Block number in [1, B].</param>
    /// <param name="deletedRecords">Record numbers that must not be read.</param>
    /// <param name="cancellation">Stops before the next step; the module is then inside a block.</param>
    /// <param name="progress">Told after every epoch: epochs done of all epochs of the block.</param>
    /// <param name="orderSeed">Another seed for the order of the batches; null: the recipe's.</param>
    public BlockResult TrainBlock(
        torch.nn.Module<Tensor, Tensor> module,
        int block,
        IReadOnlySet<int> deletedRecords,
        CancellationToken cancellation,
        IProgress<ProgressUpdate>? progress = null,
        ulong? orderSeed = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(deletedRecords);
        return TrainBlock(module, block, deletedRecords, orderSeed ?? recipe.Seed, keeper: null, progress, cancellation);
    }

    /// <summary>Trains a module on a block, in place, from the newest epoch that is kept.</summary>
    internal BlockResult TrainBlock(
        torch.nn.Module<Tensor, Tensor> module,
        int block,
        IReadOnlySet<int> deletedRecords,
        ulong orderSeed,
        IEpochKeeper? keeper,
        IProgress<ProgressUpdate>? progress,
        CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var records = recipe.Scheme == TrainingScheme.Sisa ? recipe.Layout.RecordsOf(partition, block) : partition.Block(block).ToArray();
        var retained = Array.ConvertAll(records, record => !deletedRecords.Contains(record));
        Prepare(module);
        using var samples = new BlockSamples(dataset, ReadableRecords(records, retained), normalization, device);
        using var optimizer = Optimizers.Create(recipe, module, RateAt(block, epoch: 0));
        var positions = Positions(retained);
        var begun = keeper?.Restore(module, optimizer) ?? EpochsDone.None;
        var done = begun;
        while (done.Epochs < recipe.EpochsPerBlock)
        {
            var epoch = done.Epochs;
            optimizer.LearningRate = RateAt(block, epoch);
            var plan = new BatchPlan(orderSeed, block, epoch, records.Length, recipe.BatchSize);
            var (count, loss) = TrainEpoch(new Epoch(module, optimizer, samples, plan, positions, block, epoch), cancellation);
            done = new EpochsDone(
                epoch + 1,
                done.Samples + count,
                begun.Seconds + time.GetElapsedTime(started).TotalSeconds,
                count == 0 ? double.NaN : loss / count);
            keeper?.Keep(done, module, optimizer);
            progress?.Report(new ProgressUpdate("train", done.Epochs, recipe.EpochsPerBlock, $"block {block}"));
        }
        return new BlockResult(done.Samples, done.Seconds, done.MeanLoss);
    }

    /// <inheritdoc/>
    public void Dispose() => augmenter?.Dispose();

    private double RateAt(int block, int epoch) => recipe.LearningRateAt(recipe.Scheme == TrainingScheme.DeepObliviate ? block : epoch + 1);

    private void Prepare(torch.nn.Module<Tensor, Tensor> module)
    {
        module.to(device);
        if (ModelCatalog.IsConvolutionHeavy(recipe.Model))
        {
            module.to(MemoryFormat.ChannelsLast);
        }
        module.train();
    }

    private (long Count, double Loss) TrainEpoch(Epoch epoch, CancellationToken cancellation)
    {
        using var lossSum = torch.zeros([1], dtype: ScalarType.Float32, device: device);
        long count = 0;
        for (var step = 0; step < epoch.Plan.BatchCount; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            count += TrainStep(epoch, step, lossSum);
        }
        return (count, lossSum.ToDouble());
    }

    private int TrainStep(Epoch epoch, int step, Tensor lossSum)
    {
        using var scope = torch.NewDisposeScope();
        var batch = epoch.Plan.Batch(step);
        var slots = epoch.Retained(batch);
        epoch.Optimizer.zero_grad();
        if (slots.Length <= (epoch.NeedsTwo ? 1 : 0))
        {
            epoch.SetZeroGradients();
            slots = [];
        }
        else
        {
            var loss = SumOfLosses(epoch, step, batch, slots);
            (loss / batch.Length).backward();
            lossSum.add_(loss.detach());
        }
        epoch.Optimizer.step();
        return slots.Length;
    }

    private Tensor SumOfLosses(Epoch epoch, int step, ReadOnlySpan<int> batch, int[] slots)
    {
        var index = torch.tensor(Array.ConvertAll(slots, slot => (long)epoch.Positions[slot]));
        var (input, target) = epoch.Samples.Read(index);
        if (augmenter is not null)
        {
            input = augmenter.Apply(input, epoch.Block, epoch.Number, slots);
        }
        if (ModelCatalog.IsConvolutionHeavy(recipe.Model))
        {
            input = input.to(MemoryFormat.ChannelsLast);
        }
        using var dropout = (epoch.Module as IUsesDropout)?.DropoutProbability > 0
            ? new DropoutMasks(SeedOfDropout(epoch, step), batch.Length, epoch.PlacesKept(batch), device)
            : null;
        (epoch.Module as IUsesDropout)?.SetDropoutMasks(dropout);
        if (epoch.Module is ScriptModule script)
        {
            script.SeedOfNextPass = SeedOfDropout(epoch, step);
        }
        using var autocast = torch.autocast(ScalarType.BFloat16, enabled: recipe.Precision == Precision.Bf16);
        SampleMeter.Count(input);
        var logits = epoch.Module.forward(input).to(ScalarType.Float32);
        return F.cross_entropy(logits, target, reduction: torch.nn.Reduction.Sum);
    }

    private ulong SeedOfDropout(Epoch epoch, int step) =>
        CounterRandom.DeriveSeed(recipe.Seed, DropoutStream, (ulong)epoch.Block, (ulong)epoch.Number, (ulong)step);

    private static int[] ReadableRecords(int[] records, bool[] retained) => [.. records.Where((_, slot) => retained[slot])];

    // Slot → position among the retained records, -1 for an empty slot.
    private static int[] Positions(bool[] retained)
    {
        var next = 0;
        return Array.ConvertAll(retained, kept => kept ? next++ : -1);
    }

    private sealed record Epoch(
        torch.nn.Module<Tensor, Tensor> Module,
        torch.optim.Optimizer Optimizer,
        BlockSamples Samples,
        BatchPlan Plan,
        int[] Positions,
        int Block,
        int Number)
    {
        // What the buffers of a script are for cannot be seen: any may be batch statistics.
        public bool NeedsTwo { get; } = Module.named_buffers()
            .Any(buffer => Module is ScriptModule || buffer.name.EndsWith("running_mean", StringComparison.Ordinal));

        public int[] Retained(ReadOnlySpan<int> batch)
        {
            var slots = new List<int>(batch.Length);
            foreach (var slot in batch)
            {
                if (Positions[slot] >= 0)
                {
                    slots.Add(slot);
                }
            }
            return [.. slots];
        }

        public int[] PlacesKept(ReadOnlySpan<int> batch)
        {
            var places = new List<int>(batch.Length);
            for (var place = 0; place < batch.Length; place++)
            {
                if (Positions[batch[place]] >= 0)
                {
                    places.Add(place);
                }
            }
            return [.. places];
        }

        public void SetZeroGradients()
        {
            foreach (var parameter in Module.parameters().Where(parameter => parameter.requires_grad))
            {
                parameter.grad = torch.zeros_like(parameter);
            }
        }
    }
}
