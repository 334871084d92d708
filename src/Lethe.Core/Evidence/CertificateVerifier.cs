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
    private bool _documentsHold;

    private CertificateVerifier(Dictionary<string, byte[]> files) => _files = files;

    /// <summary>Verifies a certificate.</summary>
    /// <param name="bundle">The folder of the certificate.</param>
    /// <param name="run">The run directory; null: the certificate is checked by itself.</param>
    /// <param name="trust">File with the public key, in PEM, that the issuer is known to have; null: whose key it is remains open.</param>
    /// <exception cref="BadDataException">There is no such folder or no such run, or the trusted key cannot be read.</exception>
    public static EvidenceVerification Verify(string bundle, string? run = null, string? trust = null)
    {
        var trusted = trust is null ? null : ReadKey(trust);
        var files = CertificateBundle.Read(bundle);
        if (run is not null)
            RunVerifier.RequireRun(run);
        return new CertificateVerifier(files).Verify(run, trusted);
    }

    private EvidenceVerification Verify(string? run, VerificationKey? trusted)
    {
        _list.Try("files", Files);
        if (!_list.Failed)
        {
            _list.Try("certificate", ReadCertificate);
            _list.Try("signature", Signature);
            _list.Try("ledger", () => _chain = new ChainVerifier(_list, _certificate).Verify(_files[CertificateBundle.ChainFile], Digest.Of(_files[CertificateBundle.CertificateFile])));
            _list.Try("key", () => Key(trusted));
            _list.Try("documents", Documents);
            _list.Try("proof", Proof);
            _list.Try("page", Page);
        }
        Run(run);
        return new() { Checks = _list.Checks, Certificate = _certificate, NotProved = CertificateLimits.Of(_certificate, _list.Checks.Any(check => check is { Name: RunVerifier.StatementCheck, Outcome: CheckOutcome.Passed }), trusted is not null) };
    }

    private void Run(string? run)
    {
        if (run is null)
            _list.Skip(RunVerifier.IdentityCheck, "no run directory was given (--run), so nothing was compared with the run's own files");
        else if (_certificate is not null && _chain is not null)
            new RunVerifier(_list, _certificate, _chain, run).Verify();
        else
            _list.Skip(RunVerifier.IdentityCheck, $"not compared with the run, because {(_certificate is null ? "the certificate was not read" : "the certificate's ledger does not hold")}");
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
        _list.Pass("certificate", $"{evidence.Request}, {evidence.Requested} of {Amount.Of(evidence.Records, "record", "records")}, method {evidence.Method} ({evidence.Guarantee.ToString().ToLowerInvariant()}), issued {certificate.IssuedAt:yyyy-MM-dd HH:mm:ss}Z");
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
        _key = key;
        if (_certificate is null)
            _list.Skip("signing key", "not compared with the certificate, which cannot be read");
        else
            _list.Require("signing key", _certificate.Key == key.Id, "is the one that the certificate names", "is not the one that the certificate names");
    }

    private void Key(VerificationKey? trusted)
    {
        if (trusted is null)
            _list.Skip(EvidenceVerification.TrustCheck, "no trusted key was given (--trust), so the key is UNKNOWN: anybody may have signed");
        else if (_key is null)
            _list.Skip(EvidenceVerification.TrustCheck, "not compared with the key that you trust, because the signature does not hold");
        else if (trusted.Id == _key.Id)
            _list.Pass(EvidenceVerification.TrustCheck, "signed with the key that you trust");
        else if (_chain is null)
            _list.Fail(EvidenceVerification.TrustCheck, $"UNTRUSTED: signed with key {_key.Id}, and you trust {trusted.Id}; no ledger that holds shows that it handed over");
        else
            _list.Require(EvidenceVerification.TrustCheck, _chain.Entries.Any(entry => entry.Event.Kind == LedgerEventKind.KeyRotated && entry.Event.PreviousKey == trusted.Id),
                "signed with a key to which the key that you trust has handed over, by its own signature in the ledger", $"UNTRUSTED: signed with key {_key.Id}, and you trust {trusted.Id}");
    }

    private void Documents()
    {
        if (_certificate is not { } certificate)
            return;
        var evidence = certificate.Evidence;
        var present = _files.Keys.Where(EvidenceBuilder.DocumentFiles.Contains).ToHashSet();
        _documentsHold = present.SetEquals(evidence.Documents.Keys) && evidence.Documents.All(document => Digest.Of(_files[document.Key]) == document.Value);
        if (!_list.Require("documents", _documentsHold, present.Count == 0 ? "none belong to it" : $"{string.Join(" and ", present.Order(StringComparer.Ordinal))} are those that were signed", "verdict or policy are not those that were signed"))
            return;
        if (evidence.Verdict is not { } kind)
        {
            _list.Skip("verdict", $"none: the certificate says that the request was served, not that forgetting was measured{(_chain is null ? "" : ChainVerifier.OtherVerdicts(_chain, evidence, null))}");
            return;
        }
        var verdict = Verdict.FromJson(Encoding.UTF8.GetString(_files[Verdict.FileName]));
        _list.Require("verdict", verdict.Kind == kind && verdict.Request == evidence.Request && verdict.Model == evidence.After && verdict.Policy == evidence.Policy,
            $"{kind.ToString().ToUpperInvariant()}, on this model", "is not the one that the certificate states on this request's model");
        if (_chain is not null)
            _list.Require("verdict and ledger", _chain.Entries.Any(entry => entry.Event.Kind == LedgerEventKind.Verdict && entry.Event.Document == evidence.Documents[Verdict.FileName]),
                $"the ledger records this verdict{ChainVerifier.OtherVerdicts(_chain, evidence, kind)}", "the ledger does not record this verdict");
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
        var (records, are) = proof.Records.Count == 1 ? ("record", "is") : ("records", "are");
        var numbers = string.Join(", ", proof.Records.Take(10).Select(record => record.Record)) + (proof.Records.Count > 10 ? ", …" : "");
        _list.Require("your records", holds,
            $"{records} {numbers} of data set {certificate.Evidence.Data.Short}… {are} not among the {certificate.Evidence.Retained} that are left"
            + (earlier == proof.Records.Count ? $" and {(proof.Records.Count == 1 ? "was" : "were")} forgotten by an earlier request" : earlier == 0 ? $", and {are} among those that this request forgot" : $"; {earlier} of them were forgotten by an earlier request, the others by this one"),
            $"the proof does not hold: the {records} {are} not shown to be forgotten");
    }

    private void Page()
    {
        if (!_files.TryGetValue(CertificatePage.FileName, out var page))
            _list.Skip("page", $"{CertificatePage.FileName} is not there: it would only show what the signed files say");
        else if (_certificate is null || _key is null || _chain is null || !_documentsHold)
            _list.Skip("page", $"not drawn again, because the files that {CertificatePage.FileName} shows do not hold");
        else
            _list.Require("page", page.AsSpan().SequenceEqual(CertificatePage.Render(_files)), $"{CertificatePage.FileName} shows what the signed files say",
                $"{CertificatePage.FileName} is not what this version draws from the signed files: it was changed, or another version drew it. Remove it, and believe {CertificateBundle.CertificateFile}");
    }

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
