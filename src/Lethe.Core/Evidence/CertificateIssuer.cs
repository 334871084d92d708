using System.Globalization;
using System.Text;
using Lethe.Core.Errors;
using Lethe.Core.Ledgers;
using Lethe.Core.Records;
using Lethe.Core.Signing;

namespace Lethe.Core.Evidence;

/// <summary>Issues certificates for a run's served requests.</summary>
public static class CertificateIssuer
{
    /// <summary>
    /// States what the run's files say about a request, signs it, records it in the ledger and stores the bundle in the run. A process killed after
    /// the record leaves an entry without a bundle, which does no harm: issue again.
    /// </summary>
    /// <param name="run">The run directory; its lock must be held and its ledger complete.</param>
    /// <param name="request">A served request.</param>
    /// <param name="signer">The key.</param>
    /// <param name="at">The time.</param>
    /// <returns>The bundle's folder.</returns>
    /// <exception cref="BadDataException">The run has served no such request.</exception>
    /// <exception cref="UsageException">Another key is in force.</exception>
    /// <exception cref="StoreDamagedException">A file of the run is damaged.</exception>
    public static string Issue(string run, string request, ISigner signer, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(signer);
        var facts = RunFacts.Of(run);
        facts.RequirePartition();
        var builder = new EvidenceBuilder(facts, RunSecret.FindOrCreate(run));
        var evidence = builder.Build(request);
        var ledger = LedgerFile.Read(run);
        if (ledger.Key is { } inForce && inForce != signer.Key.Id)
        {
            throw new UsageException(
                $"The certificates of run {run} are signed with key {inForce.Short}…, and this is key {signer.Key.Id.Short}…. Take that key, or hand over to this one with: lethe evidence rotate {run} --key OLD --to NEW");
        }
        var certificate = new Certificate
        {
            Format = Certificate.CurrentFormat,
            Evidence = evidence,
            LedgerCount = ledger.Entries.Count,
            LedgerHead = ledger.Head,
            Key = signer.Key.Id,
            IssuedAt = at,
        }.ToBytes();
        var files = new Dictionary<string, byte[]>(builder.Documents(request))
        {
            [CertificateBundle.CertificateFile] = certificate,
            [CertificateBundle.SignatureFile] = signer.Sign(certificate),
            [CertificateBundle.KeyFile] = Encoding.ASCII.GetBytes(signer.Key.ToPem()),
        };
        var entry = LedgerFile.Append(run, new(LedgerEventKind.Certified, at)
        {
            Request = request,
            Model = evidence.After,
            Document = Digest.Of(certificate),
            Key = signer.Key.Id,
        });
        files[CertificateBundle.ChainFile] = LedgerFile.Read(run).Bytes.ToArray();
        files[CertificatePage.FileName] = CertificatePage.Render(files);
        var bundle = Path.Combine(run, CertificateBundle.FolderName, string.Create(CultureInfo.InvariantCulture, $"{request}-{entry.Number:D4}"));
        CertificateBundle.RemoveUnfinished(run);
        CertificateBundle.Write(bundle, files);
        return bundle;
    }

    /// <summary>Hands the right to sign this run's certificates from one key to another.</summary>
    /// <param name="run">The run directory; its lock must be held.</param>
    /// <param name="from">The key in force.</param>
    /// <param name="to">Its successor.</param>
    /// <param name="at">The time.</param>
    /// <exception cref="UsageException">The old key is not in force, or both are the same.</exception>
    public static void Rotate(string run, ISigner from, ISigner to, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        if (from.Key.Id == to.Key.Id)
            throw new UsageException("Both keys are the same: make a new one with: lethe evidence key new FILE");
        if (LedgerFile.Read(run).Key is { } inForce && inForce != from.Key.Id)
            throw new UsageException($"Key {from.Key.Id.Short}… is not in force in run {run}: key {inForce.Short}… is. Name that one with --key.");
        LedgerFile.Append(run, new(LedgerEventKind.KeyRotated, at) { Key = to.Key.Id, PreviousKey = from.Key.Id }, from, to);
    }
}
