using System.Globalization;
using System.Text;
using Lethe.Core.Errors;
using Lethe.Core.Ledgers;
using Lethe.Core.Records;
using Lethe.Core.Signing;
using Lethe.Core.Verdicts;

namespace Lethe.Core.Evidence;

/// <summary>Checks a certificate by itself, and against the run that it is about. It needs no library that trains.</summary>
public sealed class CertificateVerifier
{
    private readonly Dictionary<string, byte[]> _files;
    private readonly CheckList _list = new();
    private Certificate? _certificate;
    private VerificationKey? _key;
    private Ledger? _chain;

    private CertificateVerifier(Dictionary<string, byte[]> files) => _files = files;

    /// <summary>Verifies a certificate.</summary>
    /// <param name="bundle">The folder of the certificate.</param>
    /// <param name="run">The run directory; null: the certificate is checked by itself.</param>
    /// <param name="trust">File with the public key, in PEM, that the issuer is known to have; null: whose key it is remains open.</param>
    /// <exception cref="BadDataException">There is no such folder, or the trusted key cannot be read.</exception>
    public static EvidenceVerification Verify(string bundle, string? run = null, string? trust = null)
    {
        var trusted = trust is null ? null : ReadKey(trust);
        return new CertificateVerifier(CertificateBundle.Read(bundle)).Verify(run, trusted);
    }

    private EvidenceVerification Verify(string? run, VerificationKey? trusted)
    {
        _list.Try("files", Files);
        if (!_list.Failed)
        {
            _list.Try("certificate", ReadCertificate);
            _list.Try("signature", Signature);
            _list.Try("ledger", Chain);
            _list.Try("key", () => Key(trusted));
            _list.Try("documents", Documents);
            _list.Try("proof", Proof);
            _list.Try("page", Page);
        }
        if (run is null)
            _list.Skip("run", "no run directory was given (--run), so nothing was compared with the run's own files");
        else if (_certificate is not null && _chain is not null)
            new RunVerifier(_list, _certificate, _chain, run).Verify();
        else
            _list.Skip("run", "not compared with the run, because the certificate itself cannot be read");
        return new() { Checks = _list.Checks, Certificate = _certificate, NotProved = CertificateLimits.Of(_certificate, _list.Checks.Any(check => check is { Name: RunVerifier.StatementCheck, Outcome: CheckOutcome.Passed }), trusted is not null) };
    }

    private void Files()
    {
        string[] known = [.. CertificateBundle.Required, .. EvidenceBuilder.DocumentFiles, CertificateBundle.ProofFile, CertificatePage.FileName];
        string[] missing = [.. CertificateBundle.Required.Except(_files.Keys)], foreign = [.. _files.Keys.Except(known).Order(StringComparer.Ordinal)];
        _list.Require("files", missing.Length + foreign.Length == 0, $"{_files.Count} files, all with a place",
            string.Join("; ", new[] { missing.Length > 0 ? $"missing: {string.Join(", ", missing)}" : "", foreign.Length > 0 ? $"no part of a certificate: {string.Join(", ", foreign)}" : "" }.Where(text => text.Length > 0)));
    }

    private void ReadCertificate()
    {
        var certificate = Certificate.FromJson(Encoding.UTF8.GetString(_files[CertificateBundle.CertificateFile]));
        var evidence = certificate.Evidence;
        _list.Pass("certificate", $"{evidence.Request}, {evidence.Requested} of {evidence.Records} records, method {evidence.Method} ({evidence.Guarantee.ToString().ToLowerInvariant()}), issued {certificate.IssuedAt:yyyy-MM-dd HH:mm:ss}Z");
        _certificate = certificate;
    }

    private void Signature()
    {
        var text = Encoding.UTF8.GetString(_files[CertificateBundle.KeyFile]);
        var key = VerificationKey.FromPem(text);
        if (!_list.Require("signature", key.ToPem() == text && key.Verify(_files[CertificateBundle.CertificateFile], _files[CertificateBundle.SignatureFile]),
            $"ECDSA P-256 over all bytes of {CertificateBundle.CertificateFile}, key {key.Id}", "the signature does not fit the certificate and the public key"))
        {
            return;
        }
        if (_list.Require("signing key", _certificate?.Key == key.Id, "is the one that the certificate names", "is not the one that the certificate names"))
            _key = key;
    }

    private void Chain()
    {
        var chain = Ledger.Parse(_files[CertificateBundle.ChainFile], _certificate?.Evidence.Run, CertificateBundle.ChainFile);
        _list.Pass("ledger", $"{chain.Entries.Count} entries, each continues the one before it; it is this run's");
        if (_certificate is not { } certificate)
            return;
        var last = chain.Entries.Count > 0 ? chain.Entries[^1].Event : null;
        var anchored = chain.Entries.Count == certificate.LedgerCount + 1 && chain.HeadOf(certificate.LedgerCount) == certificate.LedgerHead
            && last is { Kind: LedgerEventKind.Certified } && last.Key == certificate.Key && last.Model == certificate.Evidence.After
            && last.Request == certificate.Evidence.Request && last.Document == Digest.Of(_files[CertificateBundle.CertificateFile]);
        if (!_list.Require("ledger and certificate", anchored, "the certificate names the ledger's state, and the ledger's last entry names the certificate", "do not belong together"))
            return;
        _chain = chain;
        var (accepted, promotion, evidence) = (Accepted(chain, certificate.Evidence), Promotion(chain, certificate.Evidence), certificate.Evidence);
        _list.Require("request", accepted is not null && promotion is not null && accepted.Number < promotion.Number,
            "the ledger records, before it was served, the same request", "the ledger does not record this request, as it was served, before the entry that says so");
        _list.Require("promotion", promotion is not null && ServedBefore(chain, promotion.Number) == evidence.Before,
            $"the ledger records that the model took the old one's place{Basis(chain, evidence)}", "the ledger does not record that this model took the place of the one that the certificate names");
    }

    private void Key(VerificationKey? trusted)
    {
        if (trusted is null)
        {
            _list.Skip(EvidenceVerification.TrustCheck, "no trusted key was given (--trust), so the key is UNKNOWN: the certificate is whole, but anybody may have signed it");
            return;
        }
        if (_key is null || _chain is null)
        {
            _list.Fail(EvidenceVerification.TrustCheck, "the signature does not hold, so there is nothing to trust");
            return;
        }
        var handed = _chain.Entries.Any(entry => entry.Event.Kind == LedgerEventKind.KeyRotated && entry.Event.PreviousKey == trusted.Id);
        _list.Require(EvidenceVerification.TrustCheck, trusted.Id == _key.Id || handed,
            trusted.Id == _key.Id ? "signed with the key that you trust" : "signed with a key to which the key that you trust has handed over, by its own signature in the ledger",
            $"UNTRUSTED: signed with key {_key.Id}, and you trust {trusted.Id}");
    }

    private void Documents()
    {
        if (_certificate is not { } certificate)
            return;
        var evidence = certificate.Evidence;
        var present = _files.Keys.Where(EvidenceBuilder.DocumentFiles.Contains).ToHashSet();
        var same = present.SetEquals(evidence.Documents.Keys) && evidence.Documents.All(document => Digest.Of(_files[document.Key]) == document.Value);
        if (!_list.Require("documents", same, present.Count == 0 ? "none belong to it" : $"{string.Join(" and ", present.Order(StringComparer.Ordinal))} are those that were signed", "verdict or policy are not those that were signed"))
            return;
        if (evidence.Verdict is not { } kind)
        {
            _list.Skip("verdict", "none: the certificate says that the request was served, not that forgetting was measured");
            return;
        }
        var verdict = Verdict.FromJson(Encoding.UTF8.GetString(_files[Verdict.FileName]));
        var recorded = _chain is null || _chain.Entries.Any(entry => entry.Event.Kind == LedgerEventKind.Verdict && entry.Event.Document == evidence.Documents[Verdict.FileName]);
        _list.Require("verdict", verdict.Kind == kind && verdict.Request == evidence.Request && verdict.Model == evidence.After && verdict.Policy == evidence.Policy && recorded,
            $"{kind.ToString().ToUpperInvariant()}, on this model, recorded in the ledger{Others(evidence, kind)}", "the verdict is not on this request's model, or not in the ledger");
        if (_files.TryGetValue(VerificationPolicy.FileName, out var policy))
            _list.Require("policy", VerificationPolicy.FromJson(Encoding.UTF8.GetString(policy)).Digest == evidence.Policy, "the verdict applied the enclosed one", "the verdict applied another one");
        else
            _list.Require("policy", evidence.Policy == VerificationPolicy.Default.Digest, "the verdict applied Lethe's default", "the verdict applied one that is not enclosed");
    }

    private void Proof()
    {
        if (_certificate is not { } certificate || !_files.TryGetValue(CertificateBundle.ProofFile, out var bytes))
            return;
        var proof = SubjectProof.FromBytes(bytes);
        var holds = proof.Certificate == Digest.Of(_files[CertificateBundle.CertificateFile]) && proof.Records.All(record => record.Holds(certificate.Evidence));
        var earlier = proof.Records.Count(record => record.Requested is null);
        var numbers = string.Join(", ", proof.Records.Take(10).Select(record => record.Record)) + (proof.Records.Count > 10 ? ", …" : "");
        _list.Require("your records", holds,
            $"records {numbers} of data set {certificate.Evidence.Data.Short}… are not among the {certificate.Evidence.Retained} that are left"
            + (earlier == proof.Records.Count ? ", an earlier request forgot them" : earlier == 0 ? ", and are among those that this request forgot" : $"; {earlier} of them were forgotten by an earlier request, the others by this one"),
            "the proof does not hold: the records are not shown to be forgotten");
    }

    private void Page()
    {
        if (_files.TryGetValue(CertificatePage.FileName, out var page))
        {
            _list.Require("page", page.AsSpan().SequenceEqual(CertificatePage.Render(_files)), $"{CertificatePage.FileName} shows what the signed files say",
                $"{CertificatePage.FileName} is not what this version draws from the signed files: it was changed, or another version drew it. Remove it, and believe {CertificateBundle.CertificateFile}");
        }
    }

    /// <summary>Other verdicts on the same model that the ledger holds and that came out differently: whoever asks often enough gets the word he wants.</summary>
    private string Others(EvidenceRecord evidence, VerdictKind kind)
    {
        string[] others =
        [
            .. (_chain?.Entries ?? []).Select(entry => entry.Event)
                .Where(happened => happened.Kind == LedgerEventKind.Verdict && happened.Request == evidence.Request && happened.Model == evidence.After
                    && !string.Equals(happened.Note, kind.ToString(), StringComparison.OrdinalIgnoreCase))
                .Select(happened => $"{happened.Note?.ToUpperInvariant()} on {happened.At.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}Z"),
        ];
        return others.Length == 0 ? "" : $"; NOTE: the ledger holds other verdicts on this model: also {string.Join(", ", others)}";
    }

    private static LedgerEntry? Accepted(Ledger chain, EvidenceRecord evidence) => chain.Entries.FirstOrDefault(entry =>
        entry.Event is { Kind: LedgerEventKind.Accepted } happened && happened.Request == evidence.Request && happened.Document == evidence.RequestSeal);

    /// <summary>The model that was served when an entry was written; null where the ledger does not tell.</summary>
    private static Digest? ServedBefore(Ledger chain, int number) => chain.Entries.Take(number)
        .LastOrDefault(entry => entry.Event.Kind is LedgerEventKind.Promoted or LedgerEventKind.Trained or LedgerEventKind.Imported)?.Event.Model;

    private static LedgerEntry? Promotion(Ledger chain, EvidenceRecord evidence) => LastOf(chain, evidence, LedgerEventKind.Promoted);

    private static LedgerEntry? LastOf(Ledger chain, EvidenceRecord evidence, LedgerEventKind kind) =>
        chain.Entries.LastOrDefault(entry => entry.Event.Kind == kind && entry.Event.Request == evidence.Request && entry.Event.Model == evidence.After);

    private static string Basis(Ledger chain, EvidenceRecord evidence) =>
        LastOf(chain, evidence, LedgerEventKind.Override) is { } decision ? $", by a person's decision: {decision.Event.Note}"
        : Promotion(chain, evidence)?.Event.Note is { } note ? $" ({note})"
        : "";

    private static VerificationKey ReadKey(string path)
    {
        try
        {
            return VerificationKey.FromPem(File.ReadAllText(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadDataException($"The trusted key {path} cannot be read: {error.Message} Name a public key in PEM form.", error);
        }
    }
}
