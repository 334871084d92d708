namespace Lethe.Core.Signing;

/// <summary>Environment variables that name a key and unlock it, so that no secret stands on a command line.</summary>
public static class SigningVariables
{
    /// <summary>Path of the signing key, where no option names one.</summary>
    public const string Key = "LETHE_SIGNING_KEY";

    /// <summary>Passphrase of an encrypted signing key.</summary>
    public const string Passphrase = "LETHE_SIGNING_PASSPHRASE";

    /// <summary>Passphrase of the next key while a key is replaced; without it <see cref="Passphrase"/> serves both.</summary>
    public const string NextPassphrase = "LETHE_NEXT_SIGNING_PASSPHRASE";
}
