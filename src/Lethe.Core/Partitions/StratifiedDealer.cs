using Lethe.Core.Errors;
using Lethe.Core.Numerics;
using Lethe.Core.Records;

namespace Lethe.Core.Partitions;

/// <summary>Deals every class over the blocks in turn, as cards are dealt.</summary>
internal static class StratifiedDealer
{
    public static List<int>[] Deal(
        DatasetManifest manifest, int blockCount, HashSet<SubjectId> late, int lateBlocks, CounterRandom random)
    {
        var blocks = new List<int>[blockCount];
        for (var b = 0; b < blockCount; b++)
            blocks[b] = [];
        var (lateCards, cards) = ShuffledByClass(manifest, late, random);
        if (lateCards.Count == 0)
        {
            for (var i = 0; i < cards.Count; i++)
                blocks[i % blockCount].Add(cards[i]);
            return blocks;
        }
        var sizes = Sizes(manifest.Count, blockCount);
        DealLate(blocks, sizes, lateCards, lateBlocks);
        var places = OpenPlaces(blocks, sizes);
        for (var i = 0; i < cards.Count; i++)
            blocks[places[i]].Add(cards[i]);
        return blocks;
    }

    private static (List<int> Late, List<int> Other) ShuffledByClass(DatasetManifest manifest, HashSet<SubjectId> late, CounterRandom random)
    {
        var (lateCards, cards) = (new List<int>(), new List<int>(manifest.Count));
        for (var c = 0; c < manifest.ClassCount; c++)
        {
            var records = manifest.RecordsOf(c).Select(record => record.Value).ToArray();
            random.Shuffle<int>(records);
            foreach (var record in records)
                (late.Count > 0 && late.Contains(manifest.Subjects![record]) ? lateCards : cards).Add(record);
        }
        return (lateCards, cards);
    }

    /// <summary>Sizes that differ by at most one; the larger ones come last, where late records have room.</summary>
    private static int[] Sizes(int count, int blockCount)
    {
        var sizes = new int[blockCount];
        for (var b = 0; b < blockCount; b++)
            sizes[b] = count / blockCount + (b >= blockCount - count % blockCount ? 1 : 0);
        return sizes;
    }

    private static void DealLate(List<int>[] blocks, int[] sizes, List<int> cards, int lateBlocks)
    {
        var room = sizes[^lateBlocks..].Sum();
        if (cards.Count > room)
            throw new UsageException($"The late subjects hold {cards.Count} records, but the last {lateBlocks} blocks have room for {room}: raise the share of late blocks or name fewer late subjects.");
        for (var i = 0; i < cards.Count; i++)
            blocks[blocks.Length - 1 - i % lateBlocks].Add(cards[i]);
    }

    /// <summary>
    /// The open places of all blocks, so ordered that any stretch of the list takes from every block in proportion to
    /// its open places.
    /// </summary>
    private static int[] OpenPlaces(List<int>[] blocks, int[] sizes)
    {
        var places = new List<(double Position, int Block)>();
        for (var b = 0; b < blocks.Length; b++)
        {
            var open = sizes[b] - blocks[b].Count;
            for (var i = 0; i < open; i++)
                places.Add(((i + 0.5) / open, b));
        }
        places.Sort();
        return [.. places.Select(place => place.Block)];
    }
}
