using Lethe.Core.Numerics;

namespace Lethe.Core.Partitions;

/// <summary>
/// The order of a block's slots in one epoch, cut into batches: a pure function of its five arguments, hence
/// independent of which records were deleted. A deleted record leaves its slot empty.
/// </summary>
public sealed class BatchPlan
{
    private const ulong Domain = 0x4F52444552; // "ORDER": keeps this stream apart from the others of the same seed.
    private readonly int[] _order;
    private readonly int _batchSize;

    /// <summary>Shuffles the slots 0 … <paramref name="slots"/>−1.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="block">The block, 1 … B.</param>
    /// <param name="epoch">The epoch in the block, from 0.</param>
    /// <param name="slots">How many slots the block has, deleted ones included; at least 1.</param>
    /// <param name="batchSize">At least 1; the last batch may be shorter.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside its range.</exception>
    public BatchPlan(ulong seed, int block, int epoch, int slots, int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(block);
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        _batchSize = batchSize;
        _order = new int[slots];
        for (var i = 0; i < slots; i++)
            _order[i] = i;
        new CounterRandom(seed, Domain, (ulong)block, (ulong)epoch).Shuffle<int>(_order);
    }

    /// <summary>The number of batches.</summary>
    public int BatchCount => (_order.Length - 1) / _batchSize + 1;

    /// <summary>The slots of batch <paramref name="i"/> (from 0).</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such batch.</exception>
    public ReadOnlySpan<int> Batch(int i)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(i);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(i, BatchCount);
        var start = i * _batchSize;
        return _order.AsSpan(start, Math.Min(_batchSize, _order.Length - start));
    }
}
