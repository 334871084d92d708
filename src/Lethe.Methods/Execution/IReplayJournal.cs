namespace Lethe.Methods.Execution;

/// <summary>What a request in progress has retrained so far.</summary>
internal interface IReplayJournal
{
    /// <summary>The checkpoint of a block that was retrained before, or null; one that is gone or damaged counts as not retrained.</summary>
    (ReplayedBlock Block, byte[] Checkpoint, byte[]? Memory)? Find(int block);

    /// <summary>Records a block whose checkpoint is stored.</summary>
    void Add(ReplayedBlock block);
}
