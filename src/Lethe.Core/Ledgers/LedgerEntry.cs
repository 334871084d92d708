using System.Text;
using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Core.Signing;
using Lethe.Core.Store;

namespace Lethe.Core.Ledgers;

/// <summary>A signature under a ledger entry.</summary>
/// <param name="PublicKey">The public key in DER (SubjectPublicKeyInfo), lower-case hexadecimal.</param>
/// <param name="Signature">DER sequence of r and s over the entry's <see cref="LedgerEntry.SignedBytes"/>, lower-case hexadecimal.</param>
public sealed record LedgerSignature(string PublicKey, string Signature)
{
    /// <summary>The key.</summary>
    /// <exception cref="BadDataException">The text is no P-256 key.</exception>
    public VerificationKey Key() => VerificationKey.FromInfo(Bytes(PublicKey));

    /// <summary>Whether the signature is the key's.</summary>
    public bool Holds(ReadOnlySpan<byte> data) => Key().Verify(data, Bytes(Signature));

    private static byte[] Bytes(string hexadecimal)
    {
        try
        {
            return Convert.FromHexString(hexadecimal);
        }
        catch (FormatException error)
        {
            throw new BadDataException("A key or signature in the ledger is not hexadecimal: restore the file from a backup.", error);
        }
    }
}

/// <summary>
/// One line of a ledger: canonical JSON with the members digest, event, number, previous, signatures in this order. Its digest is that of the
/// line without the member "digest", so that every byte counts.
/// </summary>
public sealed record LedgerEntry
{
    private const string DigestMember = "{\"digest\":\"";

    /// <summary>Position in the ledger, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>Digest of the entry before; of the run's description (<c>run.json</c>, all bytes) for the first.</summary>
    public required Digest Previous { get; init; }

    /// <summary>What happened.</summary>
    public required LedgerEvent Event { get; init; }

    /// <summary>Signatures, where the event needs some.</summary>
    public required IReadOnlyList<LedgerSignature> Signatures { get; init; }

    /// <summary>SHA-256 of the line without this member.</summary>
    public required Digest Digest { get; init; }

    /// <summary>Makes the entry that follows another.</summary>
    /// <param name="number">Its position.</param>
    /// <param name="previous">Digest of the entry before.</param>
    /// <param name="happened">What happened.</param>
    /// <param name="signers">Who signs it, in this order.</param>
    public static LedgerEntry Create(int number, Digest previous, LedgerEvent happened, params IReadOnlyList<ISigner> signers)
    {
        ArgumentNullException.ThrowIfNull(signers);
        var bare = new LedgerEntry { Number = number, Previous = previous, Event = happened, Signatures = [], Digest = default };
        var signed = bare.SignedBytes();
        LedgerSignature[] signatures = [.. signers.Select(signer => new LedgerSignature(
            Convert.ToHexStringLower(signer.Key.Info.Span), Convert.ToHexStringLower(signer.Sign(signed))))];
        var whole = bare with { Signatures = signatures };
        return whole with { Digest = DigestOf(CanonicalJson.SerializeToUtf8(whole)) };
    }

    /// <summary>What signatures cover: the canonical JSON of event, number and previous.</summary>
    public byte[] SignedBytes() => CanonicalJson.SerializeToUtf8(new { Event, Number, Previous });

    /// <summary>The line without its line feed.</summary>
    public byte[] ToLine() => CanonicalJson.SerializeToUtf8(this);

    /// <summary>Reads a line and checks that its digest is that of its bytes.</summary>
    /// <param name="line">The line without its line feed.</param>
    /// <exception cref="BadDataException">The line is no entry, or a byte of it was changed.</exception>
    public static LedgerEntry FromLine(ReadOnlySpan<byte> line)
    {
        var head = Encoding.UTF8.GetBytes(DigestMember + DigestOf(line) + "\",");
        if (!line.StartsWith(head))
            throw new BadDataException("it does not match its own digest");
        var entry = CanonicalJson.Deserialize<LedgerEntry>(Encoding.UTF8.GetString(line));
        return entry.Signatures.Contains(null!) ? throw new BadDataException("it has an empty signature") : entry;
    }

    private static Digest DigestOf(ReadOnlySpan<byte> line)
    {
        var length = DigestMember.Length + default(Digest).ToString().Length + 2;
        return line.Length <= length ? default : Digest.Of([(byte)'{', .. line[length..]]);
    }
}
