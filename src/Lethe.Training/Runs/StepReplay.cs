using System.Buffers.Binary;
using System.Security.Cryptography;
using Lethe.Core.Progress;
using Lethe.Core.Records;
using Lethe.Torch;
using Lethe.Training.Datasets;
using Lethe.Training.Training;

namespace Lethe.Training.Runs;

/// <summary>What came out of a step that was executed again.</summary>
/// <param name="Output">Digest of the checkpoint.</param>
/// <param name="Result">What it cost.</param>
/// <param name="Records">Records that were read.</param>
/// <param name="EmptySlots">Slots that were left empty.</param>
/// <param name="Inputs">Digest of the samples and labels that were read, by slot; see <see cref="Core.Steps.ReplayedStep"/>.</param>
public sealed record StepOutcome(Digest Output, BlockResult Result, int Records, int EmptySlots, Digest Inputs);

/// <summary>Executes steps of a run's training again, from their inputs and the data without the forgotten records. Nothing is stored.</summary>
/// <threadsafety instance="false"/>
public sealed class StepReplay : IDisposable
{
    private readonly Run run;
    private readonly TensorDataset data;
    private readonly HashSet<int> deleted;
    private readonly BlockTrainer trainer;
    private readonly torch.nn.Module<Tensor, Tensor> module;

    /// <summary>Binds a run to its data, and blanks the samples and labels of forgotten records there, so that nothing can depend on them.</summary>
    /// <param name="run">The run.</param>
    /// <param name="data">The run's data; changed in place, and of no other use afterwards. Stays the caller's.</param>
    /// <param name="time">Clock for costs; null: the system's.</param>
    /// <exception cref="Core.Errors.BadDataException">The data is not the run's.</exception>
    public StepReplay(Run run, TensorDataset data, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(data);
        run.RequireDataset(data.Manifest);
        (this.run, this.data) = (run, data);
        deleted = [.. run.Index.Deleted];
        EngineProfile.Apply(run.Recipe);
        Blank();
        module = run.CreateMember();
        trainer = new BlockTrainer(run.Recipe, data, run.Partition, time);
    }

    /// <summary>Makes the initial model again.</summary>
    public Digest Initial()
    {
        using var initial = run.CreateMember();
        using var state = StateDict.FromModule(initial);
        return Digest.Of(state.ToSafetensors());
    }

    /// <summary>Trains a block or slice again.</summary>
    /// <param name="block">1 … B.</param>
    /// <param name="input">The checkpoint to begin from; an object of the run's store.</param>
    /// <param name="cancellation">Stops before the next batch.</param>
    /// <param name="progress">Told after every epoch.</param>
    /// <exception cref="Core.Errors.StoreDamagedException">The input is missing or damaged.</exception>
    public StepOutcome Train(int block, Digest input, CancellationToken cancellation, IProgress<ProgressUpdate>? progress = null)
    {
        using (var state = run.Load(input)) state.CopyTo(module);
        var records = StepRecording.RecordsOf(run, block);
        var inputs = InputsOf(records);
        var result = trainer.TrainBlock(module, block, deleted, cancellation, progress);
        using var trained = StateDict.FromModule(module);
        var empty = records.Count(deleted.Contains);
        return new StepOutcome(Digest.Of(trained.ToSafetensors()), result, records.Count - empty, empty, inputs);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        trainer.Dispose();
        module.Dispose();
    }

    private void Blank()
    {
        foreach (var record in deleted)
        {
            using var sample = data.Samples.narrow(0, record, 1);
            using var label = data.Labels.narrow(0, record, 1);
            sample.fill_(data.IsImage ? 0 : double.NaN);
            label.fill_(0);
        }
    }

    private Digest InputsOf(IReadOnlyList<int> records)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("lethe-inputs-1\n"u8);
        Span<byte> number = stackalloc byte[sizeof(int)];
        for (var slot = 0; slot < records.Count; slot++)
        {
            if (deleted.Contains(records[slot])) continue;
            BinaryPrimitives.WriteInt32LittleEndian(number, slot);
            hash.AppendData(number);
            hash.AppendData(data.Pixels(records[slot]));
            BinaryPrimitives.WriteInt32LittleEndian(number, data.Manifest.Labels[records[slot]]);
            hash.AppendData(number);
        }
        return Digest.Parse(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
