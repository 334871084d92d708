using Lethe.Core.Errors;
using Lethe.Core.Requests;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Methods.Execution;

/// <summary>Where a request's records lie in a run, and what stays when they are gone.</summary>
internal sealed class ForgetScope
{
    private readonly Run _run;
    private readonly SortedDictionary<int, int> _perBlock = [];
    private readonly int[] _deletedPerBlock;

    private ForgetScope(Run run, ForgetRequest request)
    {
        _run = run;
        var earlier = run.Index.Deleted.ToHashSet();
        Deleted = [.. earlier];
        foreach (var record in request.Records)
        {
            if (record.Value < 0 || record.Value >= run.Partition.Count)
                throw new BadDataException(
                    $"Record {record.Value} does not exist: the run's data has records 0 to {run.Partition.Count - 1}. Check the selection.");
            if (!Deleted.Add(record.Value)) continue;
            var block = run.Partition.Locate(record).Block;
            _perBlock[block] = _perBlock.GetValueOrDefault(block) + 1;
        }
        _deletedPerBlock = new int[run.Partition.BlockCount + 1];
        foreach (var record in Deleted) _deletedPerBlock[run.Partition.Locate(new(record)).Block]++;
    }

    /// <summary>Records deleted by earlier requests and by this one.</summary>
    public HashSet<int> Deleted { get; }

    /// <summary>Records of this request that no earlier one deleted.</summary>
    public int NewRecords => _perBlock.Values.Sum();

    /// <summary>All records of the run, forgotten ones included.</summary>
    public int RecordCount => _run.Partition.Count;

    public int BlockCount => _run.Partition.BlockCount;

    /// <summary>d; only valid with <see cref="NewRecords"/> above 0.</summary>
    public int FirstBlock => _perBlock.Keys.First();

    /// <summary>e; only valid with <see cref="NewRecords"/> above 0.</summary>
    public int LastBlock => _perBlock.Keys.Last();

    /// <summary>Blocks that hold new records, ascending.</summary>
    public IReadOnlyCollection<int> DeletedBlocks => _perBlock.Keys;

    public static ForgetScope Of(Run run, ForgetRequest request) => new(run, request);

    public int RecordsIn(int block) => _perBlock.GetValueOrDefault(block);

    /// <summary>The next block after <paramref name="block"/> that holds new records, or null.</summary>
    public int? NextAfter(int block)
    {
        foreach (var candidate in _perBlock.Keys) if (candidate > block) return candidate;
        return null;
    }

    /// <summary>Samples that training a block once more processes: retained records × epochs.</summary>
    public long SamplesOf(int block)
    {
        var first = _run.Recipe.Scheme == TrainingScheme.Sisa ? _run.Recipe.Layout.FirstBlock(_run.Recipe.Layout.ShardOf(block)) : block;
        var records = 0L;
        for (var part = first; part <= block; part++) records += _run.Partition.Block(part).Length - _deletedPerBlock[part];
        return records * _run.Recipe.EpochsPerBlock;
    }

    /// <summary>Samples of the blocks from … through, both included.</summary>
    public long SamplesOf(int from, int through)
    {
        var samples = 0L;
        for (var block = from; block <= through; block++) samples += SamplesOf(block);
        return samples;
    }

    /// <summary>Records that stay.</summary>
    public IEnumerable<int> Retained()
    {
        for (var record = 0; record < _run.Partition.Count; record++) if (!Deleted.Contains(record)) yield return record;
    }
}
