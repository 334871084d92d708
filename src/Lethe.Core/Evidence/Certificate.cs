using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Core.Store;

namespace Lethe.Core.Evidence;

/// <summary>A statement about one served request that is bound to the run's ledger and signed as a file: the signature covers every byte of it.</summary>
public sealed record Certificate
{
    /// <summary>The form that this version writes.</summary>
    public const string CurrentFormat = "lethe-certificate-1";

    /// <summary>Name and version of the form.</summary>
    public required string Format { get; init; }

    /// <summary>What is stated.</summary>
    public required EvidenceRecord Evidence { get; init; }

    /// <summary>How many entries the ledger had.</summary>
    public required int LedgerCount { get; init; }

    /// <summary>Digest of the last of them.</summary>
    public required Digest LedgerHead { get; init; }

    /// <summary>The key that signs: SHA-256 of its DER form.</summary>
    public required Digest Key { get; init; }

    /// <summary>When it was issued, by the clock of the machine that did it.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>The bytes of the file: indented canonical JSON.</summary>
    public byte[] ToBytes() => System.Text.Encoding.UTF8.GetBytes(CanonicalJson.SerializeIndented(this));

    /// <summary>Reads a certificate; what it says is to be believed only after <see cref="CertificateVerifier"/>.</summary>
    /// <exception cref="BadDataException">The text is no certificate, or one of another version.</exception>
    public static Certificate FromJson(string json)
    {
        var certificate = CanonicalJson.Deserialize<Certificate>(json);
        var evidence = certificate.Evidence;
        if (certificate.Format != CurrentFormat)
            throw new BadDataException($"The certificate has the form '{certificate.Format}', and this version reads {CurrentFormat}: use the version of Lethe that wrote it.");
        if (evidence.Requested < 1 || evidence.Retained < 0 || (long)evidence.Requested + evidence.Retained > evidence.Records || certificate.LedgerCount < 1)
            throw new BadDataException("The certificate's counts contradict each other: get it again from its issuer.");
        return certificate;
    }
}
