using Lethe.Core.Errors;
using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Methods.Execution;
using Lethe.Training.Training;

namespace Lethe.Methods.Editing;

/// <summary>Does the phases of an edit one after the other; each is saved, and taken from there when it was saved before.</summary>
internal sealed class EditSession(UnlearningContext context, Edit edit, ForgetProgress progress)
{
    private readonly long _started = context.Time.GetTimestamp();
    private readonly CountingStore _stored = new(context.Run);
    private double _earlierSeconds;
    private long _samples, _read;

    /// <summary>Safetensors bytes of the model after the newest phase.</summary>
    public byte[] Bytes { get; private set; } = [];

    /// <summary>Their digest.</summary>
    public Digest Model { get; private set; }

    public CostAccount Cost => new(_samples, context.Time.GetElapsedTime(_started).TotalSeconds + _earlierSeconds, _stored.Written, _read);

    /// <exception cref="LetheException">The phase left values that are no finite numbers.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; phases before this one stay saved.</exception>
    public void Do(int number, Phase phase, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (number == 1) _read += context.Run.Store.SizeOf(context.Run.Index.Served!.Value);
        if (progress.Find(number) is { Memory: { } memory } known)
        {
            _samples += known.Block.Samples;
            _earlierSeconds += known.Block.Seconds;
            _read += known.Checkpoint.Length + memory.Length;
            _stored.Count(known.Block.Checkpoint, known.Checkpoint.Length);
            _stored.Count(known.Block.Memory!.Value, memory.Length);
            using (var state = StateDict.FromSafetensors(known.Checkpoint)) state.CopyTo(edit.Module);
            edit.Begin(number, EditMemory.FromBytes(memory), cancellation);
            (Bytes, Model) = (known.Checkpoint, known.Block.Checkpoint);
            return;
        }
        var start = context.Time.GetTimestamp();
        edit.Begin(number, edit.Memory, cancellation);
        edit.Module.train();
        phase.Do(edit);
        using var trained = StateDict.FromModule(edit.Module);
        if (!trained.IsFinite)
            throw new LetheException($"{edit.Task.Method.Name} diverged ({phase.Action}): the model holds values that are no finite numbers. The run is as it was. Try a smaller step, such as a smaller --lr.");
        Bytes = trained.ToSafetensors();
        Model = _stored.Put(Bytes);
        progress.Add(new ReplayedBlock(number, Model, edit.Samples, context.Time.GetElapsedTime(start).TotalSeconds, _stored.Put(edit.Memory.ToBytes())));
        _samples += edit.Samples;
        _read += edit.BytesRead;
    }
}
