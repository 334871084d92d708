using Lethe.Core.Errors;
using Lethe.Core.Evidence;
using Lethe.Core.Ledgers;
using Lethe.Core.Records;
using Lethe.Core.Signing;
using Lethe.Reports;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>Issues, lists and exports certificates.</summary>
internal sealed class EvidenceOperation(TimeProvider time)
{
    public CertificateSummary Issue(string directory, string? request, ISigner signer)
    {
        using var run = Run.Open(directory, writable: true);
        run.RequireReady();
        CommittedRequests.Finish(run);
        var waiting = HeldCandidate.Open(run)?.Request.Id;
        if (waiting is not null && (request ?? waiting) == waiting && (request is not null || run.Index.History.Count == 0))
            throw new BadDataException($"{waiting} is not served yet: its new model waits, so there is nothing to certify. Judge and serve it first: lethe verify {run.Directory} --promote");
        return Summarize(CertificateIssuer.Issue(run.Directory, request ?? Newest(run), signer, time.GetUtcNow())) with { Waiting = waiting };
    }

    public static EvidenceOverview Show(string directory)
    {
        using var run = Run.Open(directory, writable: false);
        var ledger = LedgerFile.Read(run.Directory);
        if (ledger.Entries.Count == 0 && RequestFolder.All(run.Directory).Count > 0)
            throw LedgerFile.Missing(run.Directory);
        return new EvidenceOverview
        {
            Run = run.Directory,
            Head = ledger.Head,
            Key = ledger.Key,
            Entries = [.. ledger.Entries],
            Certificates = [.. CertificateBundle.In(run.Directory).Select(Summarize)],
        };
    }

    public KeyRotation Rotate(string directory, ISigner from, ISigner to)
    {
        using var run = Run.Open(directory, writable: true);
        run.RequireReady();
        CommittedRequests.Finish(run);
        CertificateIssuer.Rotate(run.Directory, from, to, time.GetUtcNow());
        return new KeyRotation(run.Directory, from.Key.Id, to.Key.Id);
    }

    public static ExportedCertificate Export(string directory, string? request, RecordSelection? subject, string target)
    {
        using var run = Run.Open(directory, writable: false);
        int[] records = subject is null ? [] : RecordsOf(run, subject);
        if (subject is not null)
            request ??= RequestThatForgot(run, records);
        string bundle = CertificateBundle.In(run.Directory).LastOrDefault(path => request is null || CertificateBundle.ReadUnchecked(path).Evidence.Request == request)
            ?? throw new BadDataException(request is null
                ? $"Run {directory} has no certificate yet. Issue one with: lethe evidence issue {directory} --key FILE"
                : $"Run {directory} has no certificate for {request}{(subject is null ? "" : ", which forgot these records")}. Issue one with: lethe evidence issue {directory} --request {request} --key FILE");
        SubjectProof.Export(bundle, subject is null ? null : SubjectProof.Of(run.Directory, bundle, records), target);
        return new ExportedCertificate(Path.GetFullPath(target), CertificateBundle.ReadUnchecked(bundle).Evidence.Request, records.Length);
    }

    private static int[] RecordsOf(Run run, RecordSelection subject)
    {
        using var data = DataReading.LoadTraining(run);
        return [.. SelectionResolver.Resolve(subject, data, []).Records.Select(record => record.Value)];
    }

    /// <summary>The request after which all of the records were forgotten.</summary>
    private static string RequestThatForgot(Run run, int[] records)
    {
        var left = records.ToHashSet();
        foreach (var entry in run.Index.History)
        {
            left.ExceptWith(RequestFolder.Find(run.Directory, entry.Request)?.Request.Records.Select(record => record.Value) ?? []);
            if (left.Count == 0)
                return entry.Request;
        }

        string some = left.Count == records.Length ? "none of them" : $"{left.Count} of them not, such as {left.Min()}";
        throw new BadDataException($"The selection holds {Wording.Count(records.Length, "record", "records")}, and run {run.Directory} has forgotten {some}: there is nothing to prove for records that were not forgotten. `lethe inspect` lists its requests.");
    }

    private static string Newest(Run run) => run.Index.History.Count > 0
        ? run.Index.History[^1].Request
        : throw new BadDataException($"Run {run.Directory} has served no request yet, so there is nothing to certify: `lethe forget` comes first.");

    private static CertificateSummary Summarize(string bundle)
    {
        var certificate = CertificateBundle.ReadUnchecked(bundle);
        var evidence = certificate.Evidence;
        return new CertificateSummary
        {
            Bundle = bundle,
            Request = evidence.Request,
            Records = evidence.Requested,
            Retained = evidence.Retained,
            Method = evidence.Method,
            Guarantee = evidence.Guarantee,
            Verdict = evidence.Verdict,
            Model = evidence.After,
            Key = certificate.Key,
            IssuedAt = certificate.IssuedAt,
        };
    }
}
