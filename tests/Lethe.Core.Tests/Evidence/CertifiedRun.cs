using System.Text;
using Lethe.Core.Evidence;
using Lethe.Core.Ledgers;
using Lethe.Core.Numerics;
using Lethe.Core.Partitions;
using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Core.Requests;
using Lethe.Core.Signing;
using Lethe.Core.Steps;
using Lethe.Core.Store;
using Lethe.Core.Tests.Ledgers;
using Lethe.Core.Verdicts;

namespace Lethe.Core.Tests.Evidence;

/// <summary>The files of a run that has served a request, as Lethe writes them, without anything that trains.</summary>
internal sealed class CertifiedRun : IDisposable
{
    public const string Request = "request-0001";
    private readonly TemporaryDirectory _directory = new();
    private readonly int _records;
    private readonly int[] _forgotten;
    private readonly List<int> _deleted = [];
    private readonly List<object> _history = [];
    private Digest _served;

    public CertifiedRun(int records = 40, int blocks = 4, CertifiedPromotion? promotion = null, params int[] forgotten)
    {
        (_records, _forgotten) = (records, forgotten is [] ? [3, 17, 21] : forgotten);
        Directory.CreateDirectory(Path);
        var manifest = Manifests.Of([.. Enumerable.Range(0, records).Select(i => i % 2)]);
        Data = manifest.Digest;
        var partition = Partition.Create(manifest, new() { Blocks = blocks });
        Write("partition.json", partition.ToJson());
        Write("run.json", CanonicalJson.SerializeIndented(new
        {
            format = 1,
            recipe = new { model = "mlp", seed = 1 },
            partition = partition.Digest,
            dataset = new { name = "toy", count = records, digest = Data },
            profile = new NumericProfile("1.13.1", 1, "AVX2", "fp32", "cpu", "test"),
        }));
        _served = Put("model 0");
        LedgerFile.Append(Path, new(LedgerEventKind.Trained, LedgerRun.At(0)) { Model = _served });
        Serve(Request, _forgotten, 10, promotion);
    }

    public static CertifiedPromotion ByGate { get; } = new("gate", "unverified, passed the gate", null, null);

    public Digest Data { get; }

    public string Path => _directory["run"];

    public MemoryKey Key { get; } = new();

    public string KeyFile => _directory["trusted.pem"];

    public string this[string name] => _directory[name];

    public string RequestFile(string name) => System.IO.Path.Combine(Path, "requests", Request, name);

    public string ObjectFile => System.IO.Path.Combine(Path, "objects", _served.ToString()[..2], _served.ToString()[2..]);

    public string Issue(string request = Request, ISigner? signer = null, int minutes = 30)
    {
        File.WriteAllText(KeyFile, Key.Key.ToPem());
        return CertificateIssuer.Issue(Path, request, signer ?? Key, LedgerRun.At(minutes));
    }

    public EvidenceVerification Verify(string bundle, bool withRun = true, bool trust = true) =>
        CertificateVerifier.Verify(bundle, withRun ? Path : null, trust ? KeyFile : null);

    /// <summary>What a forget leaves: the request's files, the index, the new model, and the ledger's entries.</summary>
    public void Serve(string id, int[] records, int minutes, CertifiedPromotion? promotion = null)
    {
        promotion ??= ByGate;
        var secret = RunSecret.FindOrCreate(Path);
        var (before, after) = (_served, Put("model of " + id));
        var request = ForgetRequest.Create(id, new Selection.ByRecords([.. records.Select(record => new RecordId(record))]), records.Select(record => new RecordId(record)), LedgerRun.At(minutes));
        var folder = System.IO.Path.Combine("requests", id);
        Write(System.IO.Path.Combine(folder, "request.json"), request.ToJson() + "\n");
        Write(System.IO.Path.Combine(folder, "plan.json"), "{\"plan\":true}\n");
        Write(System.IO.Path.Combine(folder, "result.json"), CanonicalJson.SerializeIndented(new { before, after, cost = 3 }));
        Write(System.IO.Path.Combine(folder, "steps.json"), Steps(id, after).ToJson() + "\n");
        LedgerFile.Append(Path, new(LedgerEventKind.Accepted, LedgerRun.At(minutes)) { Request = id, Document = secret.Seal("request", File.ReadAllBytes(System.IO.Path.Combine(Path, folder, "request.json"))) });
        File.Delete(ObjectFile);
        _served = after;
        _deleted.AddRange(records);
        _history.Add(new { request = id, method = "retrain", guarantee = Guarantee.Exact, at = LedgerRun.At(minutes + 1), records = records.Length, promotion });
        WriteIndex();
        if (promotion.Verdict is { } verdict)
            LedgerFile.Append(Path, new(LedgerEventKind.Verdict, LedgerRun.At(minutes)) { Request = id, Model = after, Document = Digest.OfText("verdict"), Note = verdict.ToString().ToUpperInvariant() });
        foreach (var happened in CertifiedPromotion.Events(promotion, id, after, LedgerRun.At(minutes + 1)))
            LedgerFile.Append(Path, happened);
    }

    /// <summary>What a replay of some of four steps leaves; the last one may have given other bits.</summary>
    public void Replay(int steps, bool equal = true, int minutes = 25, bool recorded = true)
    {
        var report = new ReplayReport
        {
            Format = ReplayReport.CurrentFormat,
            Request = Request,
            Served = _served,
            Data = Data,
            Partition = Data,
            Recipe = Data,
            Profile = new("1.13.1", 1, "AVX2", "fp32", "cpu", "test"),
            Forgotten = _deleted.Count,
            Deleted = DeletedRecords.DigestOf(_deleted),
            Recorded = [Data],
            Available = 4,
            AvailableSamples = 40,
            Steps = [.. Enumerable.Range(0, steps).Select(block => new ReplayedStep(block, StepKind.Trained, Data, equal || block < steps - 1 ? Data : _served, null, 1, 0, null, 10, 0.5))],
            Problems = [],
            Proves = [],
            DoesNotProve = [],
            At = LedgerRun.At(minutes),
        };
        File.WriteAllText(RequestFile(ReplayReport.FileName), report.ToJson() + "\n");
        var seal = RunSecret.Find(Path)!.Seal("replay", File.ReadAllBytes(RequestFile(ReplayReport.FileName)));
        if (recorded)
            LedgerFile.Append(Path, new(LedgerEventKind.Replayed, report.At) { Request = Request, Model = _served, Document = seal, Note = CertifiedReplay.Of(report, seal).ToNote() });
    }

    /// <summary>What an issuer does who states something else afterwards: signs it again and writes the ledger's last line again.</summary>
    public void Forge(string bundle, Func<EvidenceRecord, EvidenceRecord> change)
    {
        var honest = CertificateBundle.ReadUnchecked(bundle);
        var forged = (honest with { Evidence = change(honest.Evidence) }).ToBytes();
        string chain = System.IO.Path.Combine(bundle, CertificateBundle.ChainFile);
        var last = Ledger.Parse(File.ReadAllBytes(chain), honest.Evidence.Run, chain).Entries[^1];
        var entry = LedgerEntry.Create(last.Number, last.Previous, last.Event with { Document = Digest.Of(forged) });
        File.WriteAllBytes(System.IO.Path.Combine(bundle, CertificateBundle.CertificateFile), forged);
        File.WriteAllBytes(System.IO.Path.Combine(bundle, CertificateBundle.SignatureFile), Key.Sign(forged));
        File.WriteAllBytes(chain, [.. File.ReadAllBytes(chain)[..^(last.ToLine().Length + 1)], .. entry.ToLine(), (byte)'\n']);
        File.Delete(System.IO.Path.Combine(bundle, CertificatePage.FileName));
    }

    /// <summary>Writes another ledger, as somebody does who has everything.</summary>
    public void Rewrite(IEnumerable<LedgerEvent> events)
    {
        string secret = System.IO.Path.Combine(Path, RunSecret.FileName), aside = this["aside"];
        File.Move(secret, aside);
        File.Delete(System.IO.Path.Combine(Path, LedgerFile.FileName));
        File.Delete(System.IO.Path.Combine(Path, LedgerFile.HeadFileName));
        foreach (var happened in events)
            LedgerFile.Append(Path, happened);
        File.Move(aside, secret);
    }

    /// <summary>What somebody does who puts another model into service and tells the ledger nothing.</summary>
    public void ServeBesideTheLedger(string model)
    {
        _served = Put(model);
        WriteIndex();
    }

    /// <summary>What a verification leaves.</summary>
    public void Judge(VerdictKind kind = VerdictKind.Complete, int minutes = 20)
    {
        var policy = VerificationPolicy.Default with { Golds = 7 };
        var verdict = new Verdict
        {
            Kind = kind,
            Model = _served,
            Request = Request,
            Records = _forgotten.Length,
            Method = "retrain",
            Guarantee = Guarantee.Exact,
            Policy = policy.Digest,
            Alpha = policy.Alpha,
            Golds = [1, 2, 3],
            Tests = [],
            Control = new(VerdictKind.Incomplete, ["forgotten-loss"], "the model itself"),
            Reasons = ["test"],
            At = LedgerRun.At(minutes),
        };
        File.WriteAllText(RequestFile(Verdict.FileName), CanonicalJson.SerializeIndented(verdict));
        File.WriteAllText(RequestFile(VerificationPolicy.VerdictFileName), CanonicalJson.SerializeIndented(policy));
        LedgerFile.Append(Path, new(LedgerEventKind.Verdict, LedgerRun.At(minutes)) { Request = Request, Model = _served, Document = Digest.Of(File.ReadAllBytes(RequestFile(Verdict.FileName))), Note = kind.ToString() });
    }

    public void Dispose()
    {
        Key.Dispose();
        _directory.Dispose();
    }

    private StepRecord Steps(string id, Digest served) => new()
    {
        Format = StepRecord.CurrentFormat,
        Request = id,
        Data = Data,
        Partition = Data,
        Recipe = Data,
        Profile = new("1.13.1", 1, "AVX2", "fp32", "cpu", "test"),
        Deleted = DeletedRecords.DigestOf(_deleted),
        Served = served,
        Steps = [.. Enumerable.Range(1, 3).Select(block => new TrainingStep(block, StepKind.Trained, Digest.OfText($"in {block}"), Digest.OfText($"out {block}"), DeletedRecords.DigestOf([]), 10, 1.5))],
    };

    private void WriteIndex()
    {
        var index = CanonicalJson.Serialize(new { generation = 1, served = (Digest?)_served, deleted = _deleted.Order(), history = _history });
        Write("index.json", $"{{\"digest\":\"{Digest.OfText(index)}\",\"index\":{index}}}\n");
    }

    private Digest Put(string model) => new FileArtifactStore(Path).Put(Encoding.UTF8.GetBytes(model + new string('w', 200)));

    private void Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
