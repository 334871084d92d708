using Lethe.Core.Errors;
using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Core.Requests;
using Lethe.Core.Store;
using Lethe.Training.Runs;

namespace Lethe.Methods.Execution;

/// <summary>One block (or phase of an edit) that a request in progress has done; its checkpoint is an object of the run's store.</summary>
/// <param name="Block">Number of the block or phase.</param>
/// <param name="Checkpoint">The model after it.</param>
/// <param name="Samples">Samples processed.</param>
/// <param name="Seconds">Time it took.</param>
/// <param name="Memory">What the method keeps besides the model; null: nothing.</param>
internal sealed record ReplayedBlock(int Block, Digest Checkpoint, long Samples, double Seconds, Digest? Memory = null);

/// <summary>
/// What a request in progress has retrained so far, kept in its request directory after every block, so that a killed or cancelled forget
/// goes on where it was. Valid only for the same request, options and state of the run; anything else starts over.
/// </summary>
internal sealed class ForgetProgress : IReplayJournal
{
    private const string FileName = "progress.json";

    private readonly Run _run;
    private readonly string _request, _path;
    private readonly State _start;
    private readonly List<ReplayedBlock> _blocks;

    private ForgetProgress(Run run, string request, string path, State state)
    {
        (_run, _request, _path, _start) = (run, request, path, state);
        _blocks = [.. state.Blocks];
    }

    public static ForgetProgress Open(Run run, ForgetRequest request, UnlearningPlan plan)
    {
        var path = Path.Combine(run.RequestDirectory(request.Id), FileName);
        var key = Digest.OfText(CanonicalJson.Serialize(new Identity(plan.Method, plan.Options, request.Records, run.Index.Served)));
        var fresh = new State(run.Index.Generation, key, []);
        var found = Read(path);
        return new ForgetProgress(run, request.Id, path, found?.Generation == fresh.Generation && found.Key == key ? found : fresh);
    }

    /// <summary>Whether a block is recorded as retrained; its checkpoint is not read.</summary>
    public bool Records(int block) => _blocks.Exists(known => known.Block == block);

    public (ReplayedBlock Block, byte[] Checkpoint, byte[]? Memory)? Find(int block)
    {
        if (_blocks.Find(known => known.Block == block) is not { } known) return null;
        try
        {
            return (known, _run.Store.Get(known.Checkpoint), known.Memory is { } memory ? _run.Store.Get(memory) : null);
        }
        catch (StoreDamagedException)
        {
            if (_run.IsWritable)
            {
                _run.Store.Delete(known.Checkpoint);
                if (known.Memory is { } memory) _run.Store.Delete(memory);
            }
            _blocks.Remove(known);
            return null;
        }
    }

    public void Add(ReplayedBlock block)
    {
        _blocks.RemoveAll(known => known.Block == block.Block);
        _blocks.Add(block);
        _run.Pin(_request, block.Checkpoint);
        if (block.Memory is { } memory) _run.Pin(_request, memory);
        AtomicFile.WriteAllText(_path, CanonicalJson.Serialize(_start with { Blocks = _blocks }));
    }

    private static State? Read(string path)
    {
        try
        {
            return File.Exists(path) ? CanonicalJson.Deserialize<State>(File.ReadAllText(path)) : null;
        }
        catch (BadDataException)
        {
            return null;
        }
    }

    private sealed record State(int Generation, Digest Key, IReadOnlyList<ReplayedBlock> Blocks);

    private sealed record Identity(
        string Method, IReadOnlyDictionary<string, string> Options, IReadOnlyList<RecordId> Records, Digest? Served);
}
