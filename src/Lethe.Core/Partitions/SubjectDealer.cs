using Lethe.Core.Errors;
using Lethe.Core.Numerics;
using Lethe.Core.Records;

namespace Lethe.Core.Partitions;

/// <summary>
/// Gives each subject, the largest first, to the block with the fewest records (longest processing time first,
/// Graham 1969). Blocks are renumbered at random afterwards, so that large subjects do not gather in the first blocks.
/// </summary>
internal static class SubjectDealer
{
    public static List<int>[] Deal(
        DatasetManifest manifest, int blockCount, HashSet<SubjectId> late, int lateBlocks, CounterRandom random)
    {
        var subjects = manifest.DistinctSubjects.ToArray();
        if (subjects.Length < blockCount)
            throw new UsageException($"{subjects.Length} subjects cannot fill {blockCount} blocks, because each lies wholly in one: use at most {subjects.Length} blocks.");
        random.Shuffle<SubjectId>(subjects);
        var bySize = subjects.OrderByDescending(subject => manifest.RecordsOf(subject).Count).ToArray();

        var blocks = new List<int>[blockCount];
        for (var b = 0; b < blockCount; b++)
            blocks[b] = [];
        var early = blockCount - lateBlocks;
        Assign(manifest, bySize.Where(late.Contains), blocks, Enumerable.Range(early, lateBlocks));
        Assign(manifest, bySize.Where(subject => !late.Contains(subject)), blocks, Enumerable.Range(0, blockCount));
        if (Array.Exists(blocks, block => block.Count == 0))
            throw new UsageException($"With {late.Count} late subjects in the last {lateBlocks} blocks, the other {subjects.Length - late.Count} subjects cannot fill {blockCount} blocks: use fewer blocks or name fewer late subjects.");

        if (late.Count == 0)
            random.Shuffle<List<int>>(blocks);
        else
        {
            random.Shuffle(blocks.AsSpan(0, early));
            random.Shuffle(blocks.AsSpan(early));
        }
        return blocks;
    }

    private static void Assign(DatasetManifest manifest, IEnumerable<SubjectId> subjects, List<int>[] blocks, IEnumerable<int> allowed)
    {
        var bySize = new PriorityQueue<int, (int Size, int Block)>();
        foreach (var b in allowed)
            bySize.Enqueue(b, (blocks[b].Count, b));
        foreach (var subject in subjects)
        {
            var b = bySize.Dequeue();
            blocks[b].AddRange(manifest.RecordsOf(subject).Select(record => record.Value));
            bySize.Enqueue(b, (blocks[b].Count, b));
        }
    }
}
