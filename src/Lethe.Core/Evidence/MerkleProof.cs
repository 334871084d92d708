using Lethe.Core.Records;

namespace Lethe.Core.Evidence;

/// <summary>That a digest is a leaf of a Merkle tree, and which.</summary>
/// <param name="Leaf">The digest.</param>
/// <param name="Index">Its place among the leaves, from 0.</param>
/// <param name="Path">The hashes beside the way from the leaf to the top, lowest first.</param>
public sealed record MerkleInclusion(Digest Leaf, int Index, IReadOnlyList<Digest> Path)
{
    /// <summary>Checks the proof (RFC 9162, 2.1.3.2).</summary>
    /// <param name="root">The tree's root.</param>
    /// <param name="count">The number of its leaves.</param>
    public bool Holds(Digest root, int count)
    {
        if (Index < 0 || Index >= count)
            return false;
        var (at, last, hash) = (Index, count - 1, MerkleHash.OfLeaf(Leaf));
        foreach (var beside in Path)
        {
            if (last == 0)
                return false;
            if ((at & 1) == 1 || at == last)
            {
                hash = MerkleHash.OfNode(beside, hash);
                for (; (at & 1) == 0 && at != 0; at >>= 1)
                    last >>= 1;
            }
            else
            {
                hash = MerkleHash.OfNode(hash, beside);
            }
            (at, last) = (at >> 1, last >> 1);
        }
        return last == 0 && MerkleHash.OfTree(count, hash) == root;
    }
}

/// <summary>That a digest is not in the set of a <see cref="SortedMerkleTree"/>: it would stand between these two, which are neighbours.</summary>
/// <param name="Before">The greatest smaller leaf; null: there is none.</param>
/// <param name="After">The smallest greater leaf; null: there is none.</param>
public sealed record MerkleExclusion(MerkleInclusion? Before, MerkleInclusion? After)
{
    /// <summary>Checks the proof. It holds as far as the tree is sorted, which only whoever has all its leaves can see.</summary>
    /// <param name="leaf">The digest that is not there.</param>
    /// <param name="root">The tree's root.</param>
    /// <param name="count">The number of its leaves.</param>
    public bool Holds(Digest leaf, Digest root, int count)
    {
        if (count == 0)
            return Before is null && After is null && MerkleHash.OfTree(0, Digest.Of([])) == root;
        var before = Before is null || (Before.Leaf < leaf && Before.Holds(root, count));
        var after = After is null || (After.Leaf > leaf && After.Holds(root, count));
        return before && after && (Before, After) switch
        {
            (null, null) => false,
            (null, var next) => next.Index == 0,
            (var last, null) => last.Index == count - 1,
            var (last, next) => next.Index == last.Index + 1,
        };
    }
}
