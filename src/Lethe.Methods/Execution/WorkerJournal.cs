using Lethe.Core.Store;
using Lethe.Training.Runs;

namespace Lethe.Methods.Execution;

/// <summary>The journal of a worker: reads what the writer of the run knows, and tells it what is new.</summary>
internal sealed class WorkerJournal(Run run, ForgetProgress known, Action<string> tell) : IReplayJournal
{
    public (ReplayedBlock Block, byte[] Checkpoint, byte[]? Memory)? Find(int block) => known.Find(block);

    public void Add(ReplayedBlock block)
    {
        run.Store.Flush();
        tell(CanonicalJson.Serialize(block));
    }
}
