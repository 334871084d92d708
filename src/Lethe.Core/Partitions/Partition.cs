using System.Text;
using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Core.Store;

namespace Lethe.Core.Partitions;

/// <summary>
/// Which record is trained in which block and slot. Immutable. It holds record numbers only, no subject, so that a
/// stored partition keeps no name of a forgotten person.
/// </summary>
public sealed class Partition
{
    private readonly int[][] _blocks;
    private readonly int[] _blockOf, _slotOf;
    private Digest? _digest;

    private Partition(int[][] blocks)
    {
        _blocks = blocks;
        var empty = Array.FindIndex(blocks, block => block is not { Length: > 0 });
        if (empty >= 0 || blocks.Length == 0)
            throw new BadDataException($"Block {Math.Max(empty, 0) + 1} of the partition is empty: every block needs a record.");
        Count = blocks.Sum(block => block.Length);
        (_blockOf, _slotOf) = (new int[Count], new int[Count]);
        for (var b = 0; b < blocks.Length; b++)
        {
            for (var slot = 0; slot < blocks[b].Length; slot++)
                Place(blocks[b][slot], b + 1, slot);
        }
    }

    /// <summary>The number of blocks, B.</summary>
    public int BlockCount => _blocks.Length;

    /// <summary>The number of records, N.</summary>
    public int Count { get; }

    /// <summary>The digest of <see cref="ToJson"/>.</summary>
    public Digest Digest => _digest ??= Digest.OfText(ToJson());

    /// <summary>
    /// Splits a data set into blocks. Stratified: sizes differ by at most one, and so do the counts of each class when
    /// there are no late subjects. By subject: every subject lies wholly in one block, and sizes are balanced as well as
    /// dealing the largest subject first to the smallest block allows.
    /// </summary>
    /// <exception cref="UsageException">The options do not fit the data set; the message says what would.</exception>
    public static Partition Create(DatasetManifest manifest, PartitionOptions options) => new(Dealer.Deal(manifest, options));

    /// <summary>The record numbers of a block (1 … B) by slot, ascending.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such block.</exception>
    public ReadOnlySpan<int> Block(int block)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(block, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(block, BlockCount);
        return _blocks[block - 1];
    }

    /// <summary>The block (1 … B) and the slot (from 0) of a record.</summary>
    /// <exception cref="BadDataException">There is no such record.</exception>
    public (int Block, int Slot) Locate(RecordId record)
    {
        if ((uint)record.Value >= (uint)Count)
            throw new BadDataException($"There is no record {record}: this run holds records 0 … {Count - 1}. Check the selection.");
        return (_blockOf[record.Value], _slotOf[record.Value]);
    }

    /// <summary>The canonical JSON of the partition.</summary>
    public string ToJson()
    {
        // What CanonicalJson would write for Content, without its detour: 60,000 numbers are read at every start.
        var text = new StringBuilder("{\"blocks\":[");
        for (var b = 0; b < _blocks.Length; b++)
            text.Append(b == 0 ? "[" : ",[").AppendJoin(',', _blocks[b]).Append(']');
        return text.Append("]}").ToString();
    }

    /// <summary>Reads a partition and checks that it holds every record 0 … N−1 exactly once and no empty block.</summary>
    /// <exception cref="BadDataException">The text is no valid partition.</exception>
    public static Partition FromJson(string json) => new(CanonicalJson.Deserialize<Content>(json).Blocks);

    private void Place(int record, int block, int slot)
    {
        if ((uint)record >= (uint)Count)
            throw new BadDataException($"The partition holds record {record} in block {block}, but its {Count} records must be numbered 0 … {Count - 1}.");
        if (_blockOf[record] != 0)
            throw new BadDataException($"The partition holds record {record} twice, in block {_blockOf[record]} and in block {block}.");
        (_blockOf[record], _slotOf[record]) = (block, slot);
    }

    private sealed record Content(int[][] Blocks);
}
