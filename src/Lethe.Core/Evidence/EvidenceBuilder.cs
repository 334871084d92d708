using System.Text;
using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Core.Steps;
using Lethe.Core.Store;
using Lethe.Core.Verdicts;

namespace Lethe.Core.Evidence;

/// <summary>Draws up what can be stated about a served request from the files of its run; issuing and checking do the same.</summary>
internal sealed class EvidenceBuilder(RunFacts facts, RunSecret secret)
{
    private const string StepsFile = "steps.json";

    /// <summary>Files that go with a certificate as they are: they hold aggregates and settings only.</summary>
    public static readonly string[] DocumentFiles = [Verdict.FileName, VerificationPolicy.FileName];

    /// <exception cref="BadDataException">The run has served no such request.</exception>
    /// <exception cref="StoreDamagedException">A file of the run is missing or damaged.</exception>
    public EvidenceRecord Build(string request)
    {
        var entry = facts.History.FirstOrDefault(entry => entry.Request == request)
            ?? throw new BadDataException($"Run {facts.Directory} has served no request {request}: there is nothing to certify. `lethe inspect` lists its requests.");
        var (before, after) = facts.Models(request);
        var (requested, retained, all) = Trees(request);
        var steps = facts.TryRead(RunFacts.RequestFile(request, StepsFile));
        var documents = Documents(request);
        var verdict = documents.TryGetValue(Verdict.FileName, out var text) ? ReadVerdict(text) : null;
        return new()
        {
            Run = facts.Run,
            Request = request,
            Received = facts.Request(request).ReceivedAt,
            Promoted = entry.At,
            Data = facts.Data,
            Records = facts.Records,
            AllRecordsRoot = all.Root,
            Partition = facts.Partition,
            Recipe = facts.Recipe,
            Profile = facts.Profile,
            Method = entry.Method,
            Guarantee = entry.Guarantee,
            Before = before,
            After = after,
            Requested = requested.Count,
            RequestedRoot = requested.Root,
            Retained = retained.Count,
            RetainedRoot = retained.Root,
            RequestSeal = Seal(request, "request"),
            PlanSeal = Seal(request, "plan"),
            ResultSeal = Seal(request, "result"),
            StepsSeal = steps is null ? null : secret.Seal("steps", steps),
            SpotChecks = steps is null ? null : Chosen(steps),
            Replay = Replay(request, after),
            Promotion = entry.Promotion,
            Verdict = verdict?.Kind,
            Policy = verdict?.Policy,
            Documents = documents.ToDictionary(pair => pair.Key, pair => Digest.Of(pair.Value)),
        };
    }

    /// <summary>The documents that go with a request's certificate: the verdict, and the policy that it applied where that is stored.</summary>
    public IReadOnlyDictionary<string, byte[]> Documents(string request)
    {
        var found = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        if (facts.TryRead(RunFacts.RequestFile(request, Verdict.FileName)) is not { } text)
            return found;
        found.Add(Verdict.FileName, text);
        var applied = ReadVerdict(text).Policy;
        string[] places =
        [
            .. new[] { VerificationPolicy.VerdictFileName, VerificationPolicy.PendingVerdictFileName, VerificationPolicy.FileName }.Select(name => RunFacts.RequestFile(request, name)),
            VerificationPolicy.FileName,
        ];
        foreach (var place in places)
        {
            if (facts.TryRead(place) is { } policy && DigestOfPolicy(policy) == applied)
            {
                found.Add(VerificationPolicy.FileName, policy);
                break;
            }
        }
        return found;
    }

    /// <summary>The sets of records that a request asked for, and that were left after it; and the commitments of all records in their order.</summary>
    public (SortedMerkleTree Requested, SortedMerkleTree Retained, MerkleTree All) Trees(string request)
    {
        var forgotten = facts.ForgottenAfter(request);
        var (data, records) = (facts.Data, facts.Records);
        Digest[] salts = [.. Enumerable.Range(0, records).Select(record => RecordDigests.SaltOf(secret, record))];
        SortedMerkleTree TreeOf(IEnumerable<int> numbers) => new(numbers.Select(record => RecordDigests.Of(data, record, salts[record])));
        return (TreeOf(facts.Request(request).Records.Select(record => record.Value)),
            TreeOf(Enumerable.Range(0, records).Where(record => !forgotten.Contains(record))),
            new([.. salts.Select((salt, record) => RecordDigests.CommitmentOf(data, record, salt))]));
    }

    private Digest Seal(string request, string name) => secret.Seal(name, facts.Read(RunFacts.RequestFile(request, name + ".json")));

    private CertifiedReplay? Replay(string request, Digest model)
    {
        if (facts.TryRead(RunFacts.RequestFile(request, ReplayReport.FileName)) is not { } text)
            return null;
        try
        {
            var report = ReplayReport.FromJson(Encoding.UTF8.GetString(text));
            if (report.Request != request || report.Served != model)
                throw new BadDataException("It is another request's.");
            return CertifiedReplay.Of(report, secret.Seal("replay", text));
        }
        catch (BadDataException error)
        {
            throw new StoreDamagedException($"{Path.Combine(facts.Directory, RunFacts.RequestFile(request, ReplayReport.FileName))} is damaged. {error.Message} Restore it from a backup, or remove it and replay again.", error);
        }
    }

    private static Digest? DigestOfPolicy(byte[] text)
    {
        try
        {
            return VerificationPolicy.FromJson(Encoding.UTF8.GetString(text)).Digest;
        }
        catch (BadDataException)
        {
            return null;
        }
    }

    private static Verdict ReadVerdict(byte[] text)
    {
        try
        {
            return Verdict.FromJson(Encoding.UTF8.GetString(text));
        }
        catch (BadDataException error)
        {
            throw new StoreDamagedException($"The request's {Verdict.FileName} is damaged. {error.Message}", error);
        }
    }

    private ChosenSteps Chosen(byte[] text)
    {
        try
        {
            var steps = StepRecord.FromJson(Encoding.UTF8.GetString(text));
            var chosen = SpotCheck.Certified(secret, steps);
            return new(chosen.Count, steps.Steps.Count(step => step.Kind == StepKind.Trained), secret.Seal("spot-checks", CanonicalJson.SerializeToUtf8(chosen)));
        }
        catch (BadDataException error)
        {
            throw new StoreDamagedException($"The request's {StepsFile} is damaged. {error.Message}", error);
        }
    }
}
