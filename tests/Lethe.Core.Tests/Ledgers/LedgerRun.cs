using System.Security.Cryptography;
using Lethe.Core.Ledgers;
using Lethe.Core.Records;
using Lethe.Core.Signing;

namespace Lethe.Core.Tests.Ledgers;

/// <summary>A directory with a description, in which a ledger can be kept.</summary>
internal sealed class LedgerRun : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public LedgerRun(string description = "{\"format\":1}\n") => File.WriteAllText(_directory["run.json"], description);

    public string Path => _directory.Path;

    public string Ledger => _directory[LedgerFile.FileName];

    public string Head => _directory[LedgerFile.HeadFileName];

    public static LedgerEvent Event(int number) => number == 0
        ? new(LedgerEventKind.Trained, At(0)) { Model = Digest.OfText("model 0") }
        : new(LedgerEventKind.Promoted, At(number)) { Request = $"request-{number:D4}", Model = Digest.OfText($"model {number}"), Note = "gate + „Prüfung“" };

    public static DateTimeOffset At(int minutes) => new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero).AddMinutes(minutes);

    public LedgerRun With(int entries)
    {
        for (var i = 0; i < entries; i++)
            LedgerFile.Append(Path, Event(i));
        return this;
    }

    public void Dispose() => _directory.Dispose();
}

/// <summary>A key in memory.</summary>
internal sealed class MemoryKey : ISigner, IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public VerificationKey Key => VerificationKey.FromInfo(_key.ExportSubjectPublicKeyInfo());

    public byte[] Sign(ReadOnlySpan<byte> data) => _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public void Dispose() => _key.Dispose();
}
