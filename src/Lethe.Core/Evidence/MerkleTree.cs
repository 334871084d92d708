using System.Buffers.Binary;
using System.Security.Cryptography;
using Lethe.Core.Records;

namespace Lethe.Core.Evidence;

/// <summary>A Merkle tree over digests in the order in which they are given (RFC 9162 below its root, which also commits to their number).</summary>
internal sealed class MerkleTree
{
    private readonly Digest[] _leaves;
    private readonly List<Digest[]> _levels = [];

    public MerkleTree(Digest[] leaves)
    {
        _leaves = leaves;
        for (var level = Array.ConvertAll(leaves, MerkleHash.OfLeaf); ; level = Above(level))
        {
            _levels.Add(level);
            if (level.Length <= 1)
                break;
        }
        Root = MerkleHash.OfTree(leaves.Length, leaves.Length == 0 ? Digest.Of([]) : _levels[^1][0]);
    }

    /// <summary>As of <see cref="SortedMerkleTree.Root"/>.</summary>
    public Digest Root { get; }

    /// <summary>Proves what the leaf at an index is.</summary>
    public MerkleInclusion Prove(int index)
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
