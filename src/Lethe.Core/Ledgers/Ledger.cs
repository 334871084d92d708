using Lethe.Core.Errors;
using Lethe.Core.Records;

namespace Lethe.Core.Ledgers;

/// <summary>
/// The history of a run as a chain: every entry carries the digest of the one before it, so that none can be changed, left out, moved or put in
/// later without changing all that follow.
/// </summary>
public sealed class Ledger
{
    private readonly byte[] _bytes;

    private Ledger(Digest genesis, IReadOnlyList<LedgerEntry> entries, byte[] bytes) => (Genesis, Entries, _bytes) = (genesis, entries, bytes);

    /// <summary>What the first entry refers to: the digest of the run's description.</summary>
    public Digest Genesis { get; }

    /// <summary>All entries, oldest first.</summary>
    public IReadOnlyList<LedgerEntry> Entries { get; }

    /// <summary>Digest of the last entry; the genesis of an empty ledger.</summary>
    public Digest Head => HeadOf(Entries.Count);

    /// <summary>The signing key in force: that of the last certificate or rotation; null before the first.</summary>
    public Digest? Key => Entries.LastOrDefault(entry => entry.Event.Kind is LedgerEventKind.Certified or LedgerEventKind.KeyRotated)?.Event.Key;

    /// <summary>Digest of the last of the first <paramref name="count"/> entries; the genesis for none.</summary>
    public Digest HeadOf(int count) => count == 0 ? Genesis : Entries[count - 1].Digest;

    /// <summary>Reads a chain and checks all of it: digests, order, rotations and who was allowed to sign.</summary>
    /// <param name="lines">Whole lines, each with its line feed.</param>
    /// <param name="genesis">What the first entry must refer to; null: whatever it refers to.</param>
    /// <param name="name">What to call the ledger in messages.</param>
    /// <exception cref="StoreDamagedException">The chain is broken; the message names the first bad line.</exception>
    public static Ledger Parse(ReadOnlySpan<byte> lines, Digest? genesis, string name)
    {
        var entries = new List<LedgerEntry>();
        var bytes = lines.ToArray();
        Digest? key = null;
        while (!lines.IsEmpty)
        {
            var end = lines.IndexOf((byte)'\n');
            try
            {
                var entry = LedgerEntry.FromLine(end < 0 ? lines : lines[..end]);
                var previous = entries.Count > 0 ? entries[^1].Digest : genesis ?? entry.Previous;
                if (end < 0)
                    throw new BadDataException("it has no end");
                if (entry.Number != entries.Count)
                    throw new BadDataException($"it says that it is entry {entry.Number}, so entries were removed, moved or repeated");
                if (entry.Previous != previous)
                    throw new BadDataException(entries.Count > 0 ? "it does not continue the entry before it" : "it belongs to another run");
                key = SigningRules.Next(entry, key);
                entries.Add(entry);
            }
            catch (BadDataException error)
            {
                throw new StoreDamagedException($"{name} is damaged at entry {entries.Count}: {error.Message.TrimEnd('.')}. Restore it from a backup.", error);
            }
            lines = lines[(end + 1)..];
        }
        return new(genesis ?? (entries.Count > 0 ? entries[0].Previous : default), entries, bytes);
    }

    /// <summary>The bytes that were read, one line an entry.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Whether this ledger goes on where another ends: its bytes begin with all of the other's.</summary>
    public bool Continues(Ledger other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Genesis == other.Genesis && _bytes.AsSpan().StartsWith(other._bytes);
    }

    /// <summary>An empty ledger.</summary>
    internal static Ledger Empty(Digest genesis) => new(genesis, [], []);
}
