using System.Globalization;
using Lethe.Core.Errors;
using Lethe.Core.Partitions;
using Lethe.Core.Plans;
using Lethe.Core.Progress;
using Lethe.Core.Records;
using Lethe.Core.Steps;
using Lethe.Torch;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Methods.Execution;

/// <summary>A retrained checkpoint, the store's name of it, and whether it was kept from an earlier attempt or another process.</summary>
internal sealed record ReplayedState(byte[] Bytes, Digest Digest, bool Kept = false);

/// <summary>Retrains blocks on retained records, one after the other; each is saved, and taken from there when it was saved before.</summary>
internal sealed class BlockReplay : IDisposable
{
    private readonly UnlearningContext _context;
    private readonly IReadOnlySet<int> _deleted;
    private readonly IReplayJournal _journal;
    private readonly torch.nn.Module<Tensor, Tensor> _module;
    private readonly long _started;
    private readonly BlockTrainer _trainer;
    private readonly List<TrainingStep> _steps = [];
    private readonly CountingStore _stored;
    private double _earlierSeconds;
    private long _samples, _read;

    public BlockReplay(
        UnlearningContext context, Recipe recipe, Partition partition, IReadOnlySet<int> deleted, IReplayJournal journal)
    {
        (_context, _deleted, _journal, _stored) = (context, deleted, journal, new CountingStore(context.Run));
        _started = context.Time.GetTimestamp();
        EngineProfile.Apply(recipe);
        _module = context.Run.CreateMember();
        _trainer = new BlockTrainer(recipe, context.Data, partition, context.Time);
    }

    /// <summary>The model, holding whatever was computed last.</summary>
    public torch.nn.Module<Tensor, Tensor> Module => _module;

    /// <summary>What was spent, blocks that an interrupted attempt or another process had retrained included.</summary>
    public CostAccount Cost =>
        new(_samples, _context.Time.GetElapsedTime(_started).TotalSeconds + _earlierSeconds, _stored.Written, _read);

    /// <summary>What was retrained, so that it can be executed again.</summary>
    public IReadOnlyList<TrainingStep> Steps => _steps;

    /// <summary>Reads a stored checkpoint.</summary>
    public byte[] Load(int checkpoint)
    {
        var bytes = _context.Run.Store.Get(_context.Run.Index.Checkpoints[checkpoint]!.Value);
        CountRead(bytes.Length);
        return bytes;
    }

    /// <summary>The checkpoint after a block, trained from the checkpoint before it.</summary>
    /// <param name="block">Number of the block in the partition.</param>
    /// <param name="start">Safetensors bytes of the state before the block.</param>
    /// <param name="cancellation">Stops after the current step.</param>
    /// <exception cref="LetheException">Training diverged: the block's loss is no finite number.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; blocks retrained so far stay saved.</exception>
    public ReplayedState Retrain(int block, byte[] start, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (_journal.Find(block) is { } known)
        {
            _samples += known.Block.Samples;
            _earlierSeconds += known.Block.Seconds;
            CountRead(known.Checkpoint.Length);
            _stored.Count(known.Block.Checkpoint, known.Checkpoint.Length);
            AddStep(known.Block, start);
            return new ReplayedState(known.Checkpoint, known.Block.Checkpoint, Kept: true);
        }
        using (var state = StateDict.FromSafetensors(start)) state.CopyTo(_module);
        var result = _trainer.TrainBlock(_module, block, _deleted, cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (result.Samples > 0 && !double.IsFinite(result.MeanLoss)) throw Diverged(block);
        using var trained = StateDict.FromModule(_module);
        var checkpoint = trained.ToSafetensors();
        var digest = Put(checkpoint);
        var replayed = new ReplayedBlock(block, digest, result.Samples, result.Seconds);
        _journal.Add(replayed);
        AddStep(replayed, start);
        _samples += result.Samples;
        return new ReplayedState(checkpoint, digest);
    }

    /// <summary>Stores bytes; safe to call from several threads.</summary>
    public Digest Put(byte[] bytes) => _stored.Put(bytes);

    /// <summary>Adds to the bytes read; safe to call from several threads.</summary>
    public void CountRead(long bytes) => Interlocked.Add(ref _read, bytes);

    /// <summary>Adds samples that were processed outside <see cref="Retrain"/>.</summary>
    public void CountSamples(long samples) => _samples += samples;

    public void Report(string stage, long done, long total, string? detail = null) =>
        _context.Progress?.Report(new ProgressUpdate(stage, done, total, detail));

    private void AddStep(ReplayedBlock block, byte[] start) => _steps.Add(new TrainingStep(
        block.Block, StepKind.Trained, Digest.Of(start), block.Checkpoint,
        StepRecording.DeletedIn(_context.Run, block.Block, _deleted), block.Samples, block.Seconds));

    private LetheException Diverged(int block) => new(
        $"Retraining diverged: the loss of block {block} is no finite number without the forgotten records. The run is as it was. "
        + string.Create(CultureInfo.InvariantCulture, $"Train another run with a smaller learning rate (--lr; it was {_context.Run.Recipe.LearningRate})."));

    public void Dispose()
    {
        _trainer.Dispose();
        _module.Dispose();
    }
}
