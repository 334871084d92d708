using Lethe.Core.Partitions;

namespace Lethe.Training.Training;

/// <summary>
/// How SISA's shards and slices (Bourtoule et al., IEEE S&amp;P 2021) lie in a run's blocks: block (s − 1)·R + r is slice r of shard s, and
/// training it passes over slices 1 … r of its shard.
/// </summary>
/// <param name="Shards">S, at least 1.</param>
/// <param name="Slices">R, at least 1.</param>
public sealed record ShardLayout(int Shards, int Slices)
{
    /// <summary>The shard of a block, 1 … S.</summary>
    public int ShardOf(int block) => (block - 1) / Slices + 1;

    /// <summary>The slice of a block within its shard, 1 … R.</summary>
    public int SliceOf(int block) => (block - 1) % Slices + 1;

    /// <summary>The block of a shard's first slice.</summary>
    public int FirstBlock(int shard) => (shard - 1) * Slices + 1;

    /// <summary>The block of a shard's last slice, whose checkpoint is the shard's model.</summary>
    public int LastBlock(int shard) => shard * Slices;

    /// <summary>The checkpoint that training of a block starts from: that of the slice before it, or 0, the initial model.</summary>
    public int StartOf(int block) => SliceOf(block) == 1 ? 0 : block - 1;

    /// <summary>Passes over each slice's union such that a shard's work is that of <paramref name="epochs"/> over it: e' = 2e / (R + 1), at least 1.</summary>
    public int EpochsPerSlice(int epochs) => Math.Max(1, (int)Math.Round(2.0 * epochs / (Slices + 1)));

    /// <summary>The passes over a whole shard that cost as much as <paramref name="epochsPerSlice"/> over each slice's union: e'·(R + 1) / 2.</summary>
    public double PassesOf(int epochsPerSlice) => epochsPerSlice * (Slices + 1) / 2.0;

    /// <summary>The record numbers that training of a block passes over, slice by slice.</summary>
    public int[] RecordsOf(Partition partition, int block)
    {
        ArgumentNullException.ThrowIfNull(partition);
        var records = new List<int>();
        for (var slice = FirstBlock(ShardOf(block)); slice <= block; slice++) records.AddRange(partition.Block(slice));
        return [.. records];
    }
}
