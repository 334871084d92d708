namespace Lethe.Core.Signing;

/// <summary>
/// Something that holds a private key and signs with it. A key file is one (<see cref="EcdsaKeyFile"/>); a PKCS#11 token or a key service can be
/// another, since nothing here asks for the private key itself.
/// </summary>
public interface ISigner
{
    /// <summary>The public half of the key.</summary>
    VerificationKey Key { get; }

    /// <summary>Signs data by ECDSA on P-256 with SHA-256.</summary>
    /// <param name="data">The data itself, not its digest.</param>
    /// <returns>The signature as a DER sequence of r and s, as OpenSSL writes it.</returns>
    byte[] Sign(ReadOnlySpan<byte> data);
}
