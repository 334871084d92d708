using Lethe.Core.Records;

namespace Lethe.Core.Evidence;

/// <summary>
/// A Merkle tree over digests in ascending order (RFC 9162 below its root). Its root commits to the whole set and its size; because the leaves
/// are sorted, two neighbours prove that nothing lies between them.
/// </summary>
public sealed class SortedMerkleTree
{
    private readonly Digest[] _leaves;
    private readonly MerkleTree _tree;

    /// <summary>Builds the tree.</summary>
    /// <param name="leaves">Distinct digests in any order, perhaps none.</param>
    /// <exception cref="ArgumentException">A digest occurs twice.</exception>
    public SortedMerkleTree(IEnumerable<Digest> leaves)
    {
        _leaves = [.. leaves.Order()];
        for (var i = 1; i < _leaves.Length; i++)
        {
            if (_leaves[i] == _leaves[i - 1])
                throw new ArgumentException($"Digest {_leaves[i].Short} occurs twice.", nameof(leaves));
        }
        _tree = new(_leaves);
    }

    /// <summary>Number of leaves.</summary>
    public int Count => _leaves.Length;

    /// <summary>SHA-256 of 0x02, the number of leaves (8 bytes, big-endian) and the hash at the top; the top of no leaves is SHA-256 of nothing.</summary>
    public Digest Root => _tree.Root;

    /// <summary>Whether a digest is in the set.</summary>
    public bool Contains(Digest leaf) => Array.BinarySearch(_leaves, leaf) >= 0;

    /// <summary>Proves that a digest is in the set.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public MerkleInclusion ProveInclusion(Digest leaf)
    {
        var index = Array.BinarySearch(_leaves, leaf);
        return index >= 0 ? _tree.Prove(index) : throw new ArgumentException($"Digest {leaf.Short} is not in the set.", nameof(leaf));
    }

    /// <summary>Proves that a digest is not in the set, by its neighbours.</summary>
    /// <exception cref="ArgumentException">It is.</exception>
    public MerkleExclusion ProveExclusion(Digest leaf)
    {
        var index = Array.BinarySearch(_leaves, leaf);
        if (index >= 0)
            throw new ArgumentException($"Digest {leaf.Short} is in the set.", nameof(leaf));
        var after = ~index;
        return new(after > 0 ? _tree.Prove(after - 1) : null, after < Count ? _tree.Prove(after) : null);
    }
}
