using System.Security.Cryptography;
using Lethe.Core.Errors;
using Lethe.Core.Store;

namespace Lethe.Core.Signing;

/// <summary>A private key on P-256 in a PKCS#8 PEM file, encrypted with a passphrase or not.</summary>
public sealed class EcdsaKeyFile : ISigner, IDisposable
{
    /// <summary>Iterations of PBKDF2 (SHA-256) for an encrypted key file: OWASP's recommendation of 2023.</summary>
    private const int Iterations = 600_000;

    private const string PublicSuffix = ".pub.pem";
    private readonly ECDsa _key;

    private EcdsaKeyFile(ECDsa key)
    {
        _key = key;
        Key = VerificationKey.FromInfo(key.ExportSubjectPublicKeyInfo());
    }

    /// <inheritdoc/>
    public VerificationKey Key { get; }

    /// <summary>Where the public half of a key file is written: beside it.</summary>
    public static string PublicPathOf(string path) => path + PublicSuffix;

    /// <summary>Makes a key, writes it to a file that only its owner may read, and its public half beside it.</summary>
    /// <param name="path">A file that does not exist yet.</param>
    /// <param name="passphrase">Encrypts the file (AES-256, PBKDF2); null or empty: not encrypted.</param>
    /// <exception cref="BadDataException">A file is there already, or cannot be written.</exception>
    /// <exception cref="UsageException">The path lies in a run directory or in a certificate, which are copied and handed out as a whole.</exception>
    public static VerificationKey Create(string path, string? passphrase)
    {
        if ((EnclosingFolder.RunOf(path) ?? EnclosingFolder.CertificateOf(path)) is { } folder)
            throw new UsageException($"{path} lies in {folder}, which is copied and handed out as a whole, and whoever has both key and run can write its history anew: name a place outside of it.");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var encryption = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, Iterations);
        var pem = string.IsNullOrEmpty(passphrase) ? key.ExportPkcs8PrivateKeyPem() : key.ExportEncryptedPkcs8PrivateKeyPem(passphrase, encryption);
        PrivateFile.Create(path, pem + "\n");
        var made = VerificationKey.FromInfo(key.ExportSubjectPublicKeyInfo());
        AtomicFile.WriteAllText(PublicPathOf(path), made.ToPem());
        return made;
    }

    /// <summary>Opens a key file.</summary>
    /// <param name="path">PEM: "PRIVATE KEY", "ENCRYPTED PRIVATE KEY" or "EC PRIVATE KEY".</param>
    /// <param name="passphrase">For an encrypted file.</param>
    /// <exception cref="BadDataException">The file cannot be read or holds no key on P-256.</exception>
    /// <exception cref="UsageException">The passphrase is missing or wrong.</exception>
    public static EcdsaKeyFile Open(string path, string? passphrase)
    {
        string pem;
        try
        {
            pem = File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadDataException($"The signing key {path} cannot be read: {error.Message} Make one with: lethe evidence key new {path}", error);
        }
        var encrypted = pem.Contains("ENCRYPTED PRIVATE KEY", StringComparison.Ordinal);
        if (encrypted && string.IsNullOrEmpty(passphrase))
            throw new UsageException($"The signing key {path} is encrypted: put its passphrase into the environment variable {SigningVariables.Passphrase}.");
        var key = ECDsa.Create();
        try
        {
            if (encrypted)
                key.ImportFromEncryptedPem(pem, passphrase);
            else
                key.ImportFromPem(pem);
            _ = key.ExportParameters(includePrivateParameters: true);
            return new(key);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException or BadDataException)
        {
            key.Dispose();
            throw encrypted
                ? new UsageException($"The signing key {path} cannot be decrypted with the passphrase in {SigningVariables.Passphrase}: correct the variable, or take another key.", error)
                : new BadDataException($"{path} holds no private key on the curve P-256 in PEM form. Make one with: lethe evidence key new FILE", error);
        }
    }

    /// <inheritdoc/>
    public byte[] Sign(ReadOnlySpan<byte> data) => _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
