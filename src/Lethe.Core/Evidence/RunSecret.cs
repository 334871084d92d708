using System.Security.Cryptography;
using System.Text;
using Lethe.Core.Errors;
using Lethe.Core.Ledgers;
using Lethe.Core.Records;
using Lethe.Core.Store;

namespace Lethe.Core.Evidence;

/// <summary>
/// 32 random bytes of a run, kept in the run and in no certificate. Salts and seals are keyed with them, so that nobody can find out from a
/// certificate by trying which records it is about.
/// </summary>
public sealed class RunSecret
{
    /// <summary>Name of the file; only its owner may read it.</summary>
    public const string FileName = "evidence.secret";

    private const int Size = 32;
    private readonly byte[] _key;

    private RunSecret(byte[] key) => _key = key;

    /// <summary>Makes a secret of 32 given bytes.</summary>
    public static RunSecret Of(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, Size);
        return new(key.ToArray());
    }

    /// <summary>The run's secret; null where it has none.</summary>
    /// <exception cref="StoreDamagedException">The file holds anything else.</exception>
    public static RunSecret? Find(string run)
    {
        var path = Path.Combine(run, FileName);
        if (!File.Exists(path))
            return null;
        var text = File.ReadAllText(path);
        return Digest.TryParse(text.TrimEnd('\n'), out var key) && key + "\n" == text
            ? new(Convert.FromHexString(key.ToString()))
            : throw new StoreDamagedException($"{path} is damaged: restore it from a backup, without it no seal of this run's certificates can be opened.");
    }

    /// <summary>The run's secret, made where the run has none yet and nothing is sealed with one.</summary>
    /// <param name="run">The run directory; its lock must be held.</param>
    /// <exception cref="StoreDamagedException">It was lost: the ledger holds a sealed request, or there is a certificate.</exception>
    public static RunSecret FindOrCreate(string run)
    {
        if (Find(run) is { } known)
            return known;
        if (CertificateBundle.In(run).Count > 0 || LedgerFile.Read(run).Entries.Any(entry => entry.Event.Kind == LedgerEventKind.Accepted))
            throw new StoreDamagedException($"{Path.Combine(run, FileName)} is missing, and this run's ledger and certificates are sealed with it: a new one would open none of them. Restore it from a backup.");
        var key = RandomNumberGenerator.GetBytes(Size);
        PrivateFile.Create(Path.Combine(run, FileName), Convert.ToHexStringLower(key) + "\n");
        return new(key);
    }

    /// <summary>HMAC-SHA256 under the secret of the text <c>lethe-PURPOSE-1</c>, a line feed, and the data.</summary>
    /// <param name="purpose">What it is for; the same data has another value for every purpose.</param>
    /// <param name="data">The data.</param>
    public Digest Seal(string purpose, ReadOnlySpan<byte> data)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, [.. Encoding.UTF8.GetBytes($"lethe-{purpose}-1\n"), .. data], hash);
        return Digest.FromBytes(hash);
    }
}
