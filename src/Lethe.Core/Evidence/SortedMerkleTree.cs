using System.Buffers.Binary;
using System.Security.Cryptography;
using Lethe.Core.Records;

namespace Lethe.Core.Evidence;

/// <summary>
/// A Merkle tree over digests in ascending order (RFC 9162 below its root). Its root commits to the whole set and its size; because the leaves
/// are sorted, two neighbours prove that nothing lies between them.
/// </summary>
public sealed class SortedMerkleTree
{
    private readonly Digest[] _leaves;
    private readonly List<Digest[]> _levels = [];

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
        for (var level = Array.ConvertAll(_leaves, MerkleHash.OfLeaf); ; level = Above(level))
        {
            _levels.Add(level);
            if (level.Length <= 1)
                break;
        }
        Root = MerkleHash.OfTree(Count, Count == 0 ? Digest.Of([]) : _levels[^1][0]);
    }

    /// <summary>Number of leaves.</summary>
    public int Count => _leaves.Length;

    /// <summary>SHA-256 of 0x02, the number of leaves (8 bytes, big-endian) and the hash at the top; the top of no leaves is SHA-256 of nothing.</summary>
    public Digest Root { get; }

    /// <summary>Whether a digest is in the set.</summary>
    public bool Contains(Digest leaf) => Array.BinarySearch(_leaves, leaf) >= 0;

    /// <summary>Proves that a digest is in the set.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public MerkleInclusion ProveInclusion(Digest leaf)
    {
        var index = Array.BinarySearch(_leaves, leaf);
        return index >= 0 ? ProofAt(index) : throw new ArgumentException($"Digest {leaf.Short} is not in the set.", nameof(leaf));
    }

    /// <summary>Proves that a digest is not in the set, by its neighbours.</summary>
    /// <exception cref="ArgumentException">It is.</exception>
    public MerkleExclusion ProveExclusion(Digest leaf)
    {
        var index = Array.BinarySearch(_leaves, leaf);
        if (index >= 0)
            throw new ArgumentException($"Digest {leaf.Short} is in the set.", nameof(leaf));
        var after = ~index;
        return new(after > 0 ? ProofAt(after - 1) : null, after < Count ? ProofAt(after) : null);
    }

    private MerkleInclusion ProofAt(int index)
    {
        var path = new List<Digest>();
        var at = index;
        foreach (var level in _levels)
        {
            if ((at ^ 1) < level.Length)
                path.Add(level[at ^ 1]);
            at >>= 1;
        }
        return new(_leaves[index], index, path);
    }

    private static Digest[] Above(Digest[] level)
    {
        var above = new Digest[(level.Length + 1) / 2];
        for (var i = 0; i < above.Length; i++)
            above[i] = 2 * i + 1 < level.Length ? MerkleHash.OfNode(level[2 * i], level[2 * i + 1]) : level[2 * i];
        return above;
    }
}

/// <summary>The three hashes of a tree, told apart by their first byte.</summary>
internal static class MerkleHash
{
    private const int Size = SHA256.HashSizeInBytes;

    public static Digest OfLeaf(Digest leaf)
    {
        Span<byte> data = stackalloc byte[1 + Size];
        data[0] = 0;
        leaf.CopyTo(data[1..]);
        return Digest.Of(data);
    }

    public static Digest OfNode(Digest left, Digest right)
    {
        Span<byte> data = stackalloc byte[1 + 2 * Size];
        data[0] = 1;
        left.CopyTo(data[1..]);
        right.CopyTo(data[(1 + Size)..]);
        return Digest.Of(data);
    }

    public static Digest OfTree(int count, Digest top)
    {
        Span<byte> data = stackalloc byte[1 + sizeof(ulong) + Size];
        data[0] = 2;
        BinaryPrimitives.WriteUInt64BigEndian(data[1..], (ulong)count);
        top.CopyTo(data[(1 + sizeof(ulong))..]);
        return Digest.Of(data);
    }
}
