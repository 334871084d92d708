using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Core.Store;

namespace Lethe.Training.Scenarios;

/// <summary>
/// What a run's canaries are drawn by. Owners, triggers and targets follow from the secret by HMAC-SHA256, so that the registry names nobody,
/// and whoever lacks the secret can neither tell who has a canary nor imitate its trigger.
/// </summary>
/// <param name="Secret">64 hexadecimal digits.</param>
/// <param name="Share">Share of the people who get a canary, in (0, 1]; at least one person.</param>
/// <param name="StampedShare">Share of such a person's records that carry the trigger and its target as label, in (0, 1].</param>
public sealed record CanaryRegistry(string Secret, double Share, double StampedShare = BackdoorOptions.DefaultStampedShare)
{
    /// <summary>The share of people in the study (Sommer et al., PETS 2022, section 5).</summary>
    public const double DefaultShare = 0.05;

    private const int SecretDigits = 64;

    /// <summary>Identity of the registry: the run is committed to it before training begins.</summary>
    [JsonIgnore]
    public Digest Digest => Digest.OfText(CanonicalJson.Serialize(this));

    /// <summary>Gives itself.</summary>
    /// <exception cref="UsageException">A value is out of range.</exception>
    public CanaryRegistry Validated()
    {
        if (!(Share is > 0 and <= 1)) throw new UsageException($"--canaries {Share}: the share of people must be above 0 and at most 1, for example 0.05.");
        if (!(StampedShare is > 0 and <= 1)) throw new UsageException($"The share of stamped records is {StampedShare}; it must be above 0 and at most 1.");
        if (Secret.Length != SecretDigits || !Secret.All(char.IsAsciiHexDigit)) throw new UsageException($"The secret of canaries must be {SecretDigits} hexadecimal digits.");
        return this;
    }

    /// <summary>A number that only the secret and the words decide.</summary>
    internal ulong Draw(string purpose, string about) => BinaryPrimitives.ReadUInt64LittleEndian(
        HMACSHA256.HashData(Convert.FromHexString(Secret), Encoding.UTF8.GetBytes($"lethe-canary-1\n{purpose}\n{about}")));
}
