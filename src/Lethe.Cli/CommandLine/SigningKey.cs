using System.CommandLine;
using Lethe.Core.Errors;
using Lethe.Core.Signing;

namespace Lethe.Cli.CommandLine;

/// <summary>The signing key that a command uses: named by an option or by the environment, unlocked by the environment.</summary>
internal static class SigningKey
{
    /// <summary>The passphrase of an encrypted key; null: none.</summary>
    public static string? Passphrase => Environment.GetEnvironmentVariable(SigningVariables.Passphrase);

    public static Option<string?> Option() => new("--key") { Description = $"The signing key's file (PKCS#8 PEM); without it {SigningVariables.Key} names it.", HelpName = "FILE" };

    /// <summary>Opens the key.</summary>
    /// <exception cref="UsageException">None is named, or its passphrase is missing or wrong.</exception>
    public static EcdsaKeyFile Open(string? file) => EcdsaKeyFile.Open(FileOf(file), Passphrase);

    /// <summary>The key's file.</summary>
    /// <exception cref="UsageException">None is named.</exception>
    public static string FileOf(string? file) => (file ?? Environment.GetEnvironmentVariable(SigningVariables.Key)) is { Length: > 0 } named
        ? named
        : throw new UsageException($"No signing key is named: give --key FILE or set {SigningVariables.Key}. Make one with: lethe evidence key new FILE");

    /// <summary>Opens the key that takes over.</summary>
    public static EcdsaKeyFile OpenNext(string file) =>
        EcdsaKeyFile.Open(file, Environment.GetEnvironmentVariable(SigningVariables.NextPassphrase) is { Length: > 0 } own ? own : Passphrase);
}
