using Lethe.Core.Records;
using Lethe.Training.Runs;

namespace Lethe.Methods.Execution;

/// <summary>
/// Stores what an execution makes and counts it: each object once, and none that the run's present state holds already. So an interrupted
/// execution that goes on counts the same bytes as a whole one. Safe to use from several threads.
/// </summary>
internal sealed class CountingStore(Run run)
{
    private readonly Lock _lock = new();
    private readonly HashSet<Digest> _known = [.. run.Index.References()];
    private long _written;

    /// <summary>Bytes of all objects counted.</summary>
    public long Written
    {
        get { lock (_lock) return _written; }
    }

    /// <summary>Stores bytes and counts them.</summary>
    public Digest Put(byte[] bytes)
    {
        var digest = run.Store.Put(bytes);
        Count(digest, bytes.Length);
        return digest;
    }

    /// <summary>Counts an object that an interrupted attempt stored.</summary>
    public void Count(Digest digest, long bytes)
    {
        lock (_lock)
        {
            if (_known.Add(digest)) _written += bytes;
        }
    }
}
