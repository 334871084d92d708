using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using Lethe.Core.Errors;
using Lethe.Core.Records;

namespace Lethe.Core.Signing;

/// <summary>A public key on the curve P-256, in its one canonical form: whoever changes a byte of it has another key, or none.</summary>
public sealed class VerificationKey
{
    private const string PemLabel = "PUBLIC KEY";
    private const int Length = 91;

    /// <summary>What a key on P-256 begins with in DER: its algorithm, its curve, and that the point is not compressed (RFC 5480).</summary>
    private static readonly byte[] s_prefix = Convert.FromHexString("3059301306072a8648ce3d020106082a8648ce3d03010703420004");

    private readonly byte[] _info;

    private VerificationKey(byte[] info) => (_info, Id) = (info, Digest.Of(info));

    /// <summary>SHA-256 of the key in DER (SubjectPublicKeyInfo): the name by which ledgers and certificates call it.</summary>
    public Digest Id { get; }

    /// <summary>The key in DER (SubjectPublicKeyInfo).</summary>
    public ReadOnlyMemory<byte> Info => _info;

    /// <summary>Reads a key from DER.</summary>
    /// <exception cref="BadDataException">The bytes are no P-256 key in canonical DER.</exception>
    public static VerificationKey FromInfo(ReadOnlySpan<byte> info)
    {
        try
        {
            if (info.Length == Length && info.StartsWith(s_prefix))
            {
                Import(info).Dispose();
                return new(info.ToArray());
            }
        }
        catch (CryptographicException)
        {
        }
        throw new BadDataException("This is no public key on the curve P-256 in canonical form: `lethe evidence key new` makes one.");
    }

    /// <summary>Reads a key from PEM text.</summary>
    /// <exception cref="BadDataException">The text holds no P-256 public key in canonical form.</exception>
    public static VerificationKey FromPem(string pem)
    {
        ArgumentNullException.ThrowIfNull(pem);
        if (!PemEncoding.TryFind(pem, out var fields) || pem[fields.Label] != PemLabel)
            throw new BadDataException("This is no public key: a PEM text is needed that begins with -----BEGIN PUBLIC KEY-----.");
        return FromInfo(Convert.FromBase64String(pem[fields.Base64Data]));
    }

    /// <summary>The PEM text, with a final line feed.</summary>
    public string ToPem() => PemEncoding.WriteString(PemLabel, _info) + "\n";

    /// <summary>Whether a signature over the data is this key's. A signature in any other than the canonical encoding is none.</summary>
    /// <param name="data">The data itself.</param>
    /// <param name="signature">DER sequence of r and s.</param>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (!IsCanonical(signature))
            return false;
        using var key = Import(_info);
        return key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    private static ECDsa Import(ReadOnlySpan<byte> info)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(info, out _);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    private static bool IsCanonical(ReadOnlySpan<byte> signature)
    {
        try
        {
            var reader = new AsnReader(signature.ToArray(), AsnEncodingRules.DER);
            var sequence = reader.ReadSequence();
            reader.ThrowIfNotEmpty();
            var (r, s) = (sequence.ReadInteger(), sequence.ReadInteger());
            sequence.ThrowIfNotEmpty();
            var writer = new AsnWriter(AsnEncodingRules.DER);
            using (writer.PushSequence())
            {
                writer.WriteInteger(r);
                writer.WriteInteger(s);
            }
            return r > BigInteger.Zero && s > BigInteger.Zero && writer.EncodedValueEquals(signature);
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}
