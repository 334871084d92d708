using Lethe.Core.Partitions;

namespace Lethe.Verification;

/// <summary>
/// What a block-sequential run still remembers of each block: the loss of the block's own records against the block's age. Where the loss
/// gap to unseen records is about 0 there is nothing to forget, whatever the method.
/// </summary>
/// <param name="Points">One point a block, block 1 first.</param>
/// <param name="UnseenLoss">Mean loss of unseen (test) records.</param>
public sealed record MemoryProfile(IReadOnlyList<MemoryPoint> Points, double UnseenLoss)
{
    /// <summary>Builds the profile.</summary>
    /// <param name="partition">Which record lies in which block.</param>
    /// <param name="losses">(N) loss of every training record under the final model.</param>
    /// <param name="unseen">Losses of unseen records.</param>
    /// <param name="deleted">Records that were forgotten before; they are left out.</param>
    /// <exception cref="ArgumentException"><paramref name="losses"/> does not hold one value a record.</exception>
    public static MemoryProfile Of(Partition partition, ReadOnlySpan<float> losses, ReadOnlySpan<float> unseen, IReadOnlySet<int> deleted)
    {
        ArgumentNullException.ThrowIfNull(partition);
        ArgumentNullException.ThrowIfNull(deleted);
        if (losses.Length != partition.Count) throw new ArgumentException($"{partition.Count} losses are needed, one a record; got {losses.Length}.");
        var unseenLoss = Mean(unseen);
        var points = new List<MemoryPoint>();
        for (var block = 1; block <= partition.BlockCount; block++)
        {
            double sum = 0;
            var count = 0;
            foreach (var record in partition.Block(block))
            {
                if (deleted.Contains(record)) continue;
                sum += losses[record];
                count++;
            }
            var loss = count == 0 ? double.NaN : sum / count;
            points.Add(new MemoryPoint(block, partition.BlockCount - block, count, loss, unseenLoss - loss));
        }
        return new MemoryProfile(points, unseenLoss);
    }

    private static double Mean(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += value;
        return values.IsEmpty ? double.NaN : sum / values.Length;
    }
}

/// <summary>One block of a <see cref="MemoryProfile"/>.</summary>
/// <param name="Block">Number of the block, 1 … B.</param>
/// <param name="Age">How many blocks were trained after it.</param>
/// <param name="Records">How many of its records are retained.</param>
/// <param name="Loss">Their mean loss; NaN without records.</param>
/// <param name="Gap">Mean loss of unseen records minus <paramref name="Loss"/>: positive means remembered.</param>
public sealed record MemoryPoint(int Block, int Age, int Records, double Loss, double Gap);
