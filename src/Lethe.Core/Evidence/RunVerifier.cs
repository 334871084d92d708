using Lethe.Core.Errors;
using Lethe.Core.Ledgers;
using Lethe.Core.Records;
using Lethe.Core.Store;
using Lethe.Core.Verdicts;

namespace Lethe.Core.Evidence;

/// <summary>Compares a certificate with the files of its run: what the run says now must be what was signed, and the model's bytes must be there.</summary>
internal sealed class RunVerifier(CheckList list, Certificate certificate, Ledger chain, string run)
{
    /// <summary>The check that the run is the certificate's; where it fails, nothing else can be compared.</summary>
    public const string IdentityCheck = "run";

    /// <summary>The same check where the run is another one.</summary>
    public const string OtherRunCheck = "run: identity";

    public const string StatementCheck = "run: statement";
    private const string DescriptionName = "run.json", IndexName = "index.json";

    private readonly EvidenceRecord _evidence = certificate.Evidence;

    /// <summary>Checks that there is a run at all, whole or damaged.</summary>
    /// <exception cref="BadDataException">There is none.</exception>
    public static void RequireRun(string run)
    {
        if (new[] { DescriptionName, IndexName }.Any(name => File.Exists(Path.Combine(run, name))))
            return;
        var what = Directory.Exists(run) ? $"the directory holds no {DescriptionName}" : File.Exists(run) ? "it is a file" : "there is no such directory";
        throw new BadDataException($"There is no run at {run}: {what}. Name the run directory with --run, or leave --run out to check the certificate by itself.");
    }

    public void Verify()
    {
        list.Try(IdentityCheck, Identity);
        if (list.HasFailed(IdentityCheck) || list.HasFailed(OtherRunCheck))
            return;
        Ledger? ledger = null;
        RunFacts? facts = null;
        list.Try("run: ledger", () => ledger = ReadLedger());
        list.Try("run: index", () => facts = ReadFacts());
        if (facts is null)
            return;
        if (ledger is not null)
            list.Try("run: history", () => History(facts, ledger));
        if (ledger is not null)
            list.Try("run: replay", () => Replay(ledger));
        list.Try("run: models", () => Models(facts, ledger ?? chain));
        list.Try(StatementCheck, () => Statement(facts, ledger));
        list.Try("run: policy", () => Policy(facts));
    }

    private void Identity()
    {
        var path = Path.Combine(run, DescriptionName);
        if (!File.Exists(path))
            list.Fail(IdentityCheck, $"{DescriptionName} is missing, so nothing else was compared: restore it from a backup");
        else if (Digest.Of(File.ReadAllBytes(path)) is var found && found == _evidence.Run)
            list.Pass(IdentityCheck, $"the one that the certificate is about, by all bytes of {DescriptionName}");
        else if (BeginOfLedger() == _evidence.Run)
            list.Fail(IdentityCheck, $"{DescriptionName} was changed: its digest is {found.Short}…, and certificate and ledger name {_evidence.Run.Short}…; nothing else was compared. Restore it from a backup");
        else
            list.Fail(OtherRunCheck, $"ANOTHER RUN than the certificate's: its {DescriptionName} has the digest {found.Short}…, and the certificate is about {_evidence.Run.Short}…; nothing else was compared. Name the certificate's own run");
    }

    /// <summary>The run that the ledger's first line names; null where that cannot be read.</summary>
    private Digest? BeginOfLedger()
    {
        try
        {
            var path = Path.Combine(run, LedgerFile.FileName);
            return File.Exists(path) ? LedgerEntry.FromLine(System.Text.Encoding.UTF8.GetBytes(File.ReadLines(path).FirstOrDefault() ?? "")).Previous : null;
        }
        catch (BadDataException)
        {
            return null;
        }
    }

    private Ledger ReadLedger()
    {
        var (ledger, settled) = LedgerFile.ReadWithState(run);
        list.Require("run: ledger", ledger.Continues(chain), $"{Amount.Of(ledger.Entries.Count, "entry", "entries")}, begins with the certificate's {chain.Entries.Count}",
            "does not go on where the certificate's ledger ends: it was changed, cut off or replaced by an older one");
        if (!settled)
            list.Fail("run: ledger head", $"{LedgerFile.HeadFileName} does not count what {LedgerFile.FileName} holds: it is older (or a process was killed; the next command that writes the run puts it right)");
        return ledger;
    }

    private RunFacts ReadFacts()
    {
        var facts = RunFacts.Of(run);
        facts.RequirePartition();
        list.Pass("run: index", $"matches its digest; {Amount.Of(facts.Deleted.Count, "record", "records")} forgotten in {Amount.Of(facts.History.Count, "request", "requests")}");
        return facts;
    }

    private void History(RunFacts facts, Ledger ledger)
    {
        string[] unrecorded = [.. facts.History.Select(entry => entry.Request).Where(request => !ledger.Entries.Any(entry => Promotes(entry, request)))];
        string[] unknown = [.. ledger.Entries.Where(entry => Promotes(entry, entry.Event.Request)).Select(entry => entry.Event.Request!).Except(facts.History.Select(entry => entry.Request))];
        list.Require("run: history", unrecorded.Length + unknown.Length == 0, "index and ledger tell of the same requests",
            unrecorded.Length > 0
                ? $"the ledger knows nothing of {string.Join(", ", unrecorded)}: it is older than the index (or a process was killed; the next command that writes the run completes the ledger)"
                : $"the index knows nothing of {string.Join(", ", unknown)}: it is older than the ledger");
    }

    private void Models(RunFacts facts, Ledger ledger)
    {
        var last = ledger.Entries.LastOrDefault(entry => entry.Event.Kind is LedgerEventKind.Promoted or LedgerEventKind.Trained or LedgerEventKind.Imported);
        var bytes = last?.Event.Model is { } model ? facts.TryRead(ObjectOf(model)) : null;
        list.Require("run: model", last is not null && facts.Served == last.Event.Model && bytes is not null && Digest.Of(bytes) == last.Event.Model,
            "the run serves the model that its ledger names last, and that model's bytes have their digest",
            last is null || facts.Served != last.Event.Model ? $"the run serves {facts.Served?.Short ?? "no model"}…, and its ledger names {last?.Event.Model?.Short ?? "no model"}… last: no request put it there"
            : bytes is null ? "the served model is missing" : "the served model's bytes do not have their digest");
        if (last?.Event.Model != _evidence.After)
        {
            var certified = ledger.Entries.LastOrDefault(entry => Promotes(entry, _evidence.Request) && entry.Event.Model == _evidence.After);
            if (last is not null && certified is not null && last.Number > certified.Number && last.Event.Request != _evidence.Request)
                list.Skip("run: certified model", $"a later request, {last.Event.Request}, replaced this model; the run serves {facts.Served?.Short ?? "none"}… now");
            else
                list.Fail("run: certified model", "the ledger's last model is another, and no later request put it there");
        }
        if (_evidence.Before != _evidence.After)
            list.Require("run: old model", facts.TryRead(ObjectOf(_evidence.Before)) is null, "the model of before is not in the run's store", "the model of before is still in the run's store");
    }

    private void Statement(RunFacts facts, Ledger? ledger)
    {
        RunSecret? secret;
        try
        {
            secret = RunSecret.Find(run);
        }
        catch (UnauthorizedAccessException)
        {
            list.Skip(StatementCheck, $"{RunSecret.FileName} is not readable by this user, so seals and Merkle roots were not computed again: let the run's owner check it");
            return;
        }
        if (secret is null)
        {
            list.Fail(StatementCheck, $"{RunSecret.FileName} is missing, so seals and Merkle roots cannot be computed again: restore it from a backup");
            return;
        }
        var now = new EvidenceBuilder(facts, secret).Build(_evidence.Request);
        var (judged, replayed) = (JudgedSince(now, ledger), ReplayedSince(now, ledger));
        var compared = now with { Replay = replayed ? _evidence.Replay : now.Replay };
        if (judged)
            compared = compared with { Verdict = _evidence.Verdict, Policy = _evidence.Policy, Documents = _evidence.Documents };
        string[] differences = [.. Differences(compared)];
        list.Require(StatementCheck, differences.Length == 0,
            "drawn up again from the run's files (request, plan, result, steps, replay, partition, all Merkle trees), it is the same",
            $"the run's files say otherwise now: {string.Join(", ", differences)}");
        if (judged)
            list.Skip("run: verdict", $"the run holds a newer verdict ({now.Verdict?.ToString().ToUpperInvariant() ?? "none"}): issue a certificate for it");
    }

    /// <summary>A newer replay is no contradiction where it is equal; what is known to be unequal now makes the certificate useless.</summary>
    private void Replay(Ledger ledger)
    {
        var since = new RecordedReplays(ledger.Entries.Skip(chain.Entries.Count), _evidence.After);
        if (since.Last is not { } last)
            return;
        if (since.LastIsUnequal)
            list.Fail("run: replay", $"since the certificate, steps of this model were executed again, and they were not equal: {RecordedReplays.Text(last)}");
        else
            list.Skip("run: replay", $"the run holds a newer replay ({RecordedReplays.Text(last)}): issue a certificate for it{since.Unequal()}");
    }

    private void Policy(RunFacts facts)
    {
        if (_evidence.Policy is not { } applied)
            return;
        var stored = facts.TryRead(RunFacts.RequestFile(_evidence.Request, VerificationPolicy.FileName)) ?? facts.TryRead(VerificationPolicy.FileName);
        var asked = stored is null ? VerificationPolicy.Default : VerificationPolicy.FromJson(System.Text.Encoding.UTF8.GetString(stored));
        list.Pass("run: policy", asked.Digest == applied ? "the verdict applied the policy of the request" : "NOTE: the verdict applied another policy than the request's: one that was named to `lethe verify`");
    }

    /// <summary>Whether the run's verdict is another than the certificate's and the ledger says so.</summary>
    private bool JudgedSince(EvidenceRecord now, Ledger? ledger) =>
        now.Documents.TryGetValue(Verdicts.Verdict.FileName, out var document) && document != _evidence.Documents.GetValueOrDefault(Verdicts.Verdict.FileName)
        && RecordedSince(ledger, LedgerEventKind.Verdict, document);

    /// <summary>Whether the run's replay is another than the certificate's and the ledger says so.</summary>
    private bool ReplayedSince(EvidenceRecord now, Ledger? ledger) =>
        now.Replay is { } replay && replay.Seal != _evidence.Replay?.Seal && ledger is not null
        && new RecordedReplays(ledger.Entries.Skip(chain.Entries.Count), _evidence.After).Hold(replay);

    private bool RecordedSince(Ledger? ledger, LedgerEventKind kind, Digest document) =>
        ledger is not null && ledger.Entries.Skip(chain.Entries.Count).Any(entry => entry.Event.Kind == kind && entry.Event.Document == document);

    private IEnumerable<string> Differences(EvidenceRecord now)
    {
        var (signed, found) = (CanonicalJson.Deserialize<System.Text.Json.JsonElement>(CanonicalJson.Serialize(_evidence)), CanonicalJson.Deserialize<System.Text.Json.JsonElement>(CanonicalJson.Serialize(now)));
        return signed.EnumerateObject().Where(member => found.GetProperty(member.Name).GetRawText() != member.Value.GetRawText()).Select(member => member.Name);
    }

    private static bool Promotes(LedgerEntry entry, string? request) =>
        entry.Event.Kind == LedgerEventKind.Promoted && entry.Event.Request == request;

    private static string ObjectOf(Digest digest)
    {
        var text = digest.ToString();
        return Path.Combine("objects", text[..2], text[2..]);
    }
}
