using Lethe.Core.Errors;
using Lethe.Core.Evidence;
using Lethe.Core.Ledgers;
using Lethe.Core.Records;
using Lethe.Core.Requests;
using Lethe.Core.Steps;
using Lethe.Core.Verdicts;
using Lethe.Reports;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Operations;

/// <summary>
/// Brings a run's ledger up to date. What belongs into it follows from the run's own files, so it does not matter when this is called or whether a
/// process was killed before it: whatever is not recorded yet is recorded now, what is recorded is not recorded again.
/// </summary>
internal static class RunEvents
{
    private const string RequestPurpose = "request", ReplayPurpose = "replay";

    /// <summary>Records everything that has happened to the run and is not in its ledger.</summary>
    /// <param name="run">Open for writing.</param>
    public static void Complete(Run run)
    {
        if (run.Index.Status != RunStatus.Ready)
            return;
        var ledger = LedgerFile.Read(run.Directory);
        // The ledger comes before the secret: a run that has requests and a secret, but no ledger, has lost it.
        if (ledger.Entries.Count == 0 && Beginning(run) is { } beginning)
            LedgerFile.Append(run.Directory, beginning);
        var secret = RunSecret.FindOrCreate(run.Directory);
        var known = LedgerFile.Read(run.Directory).Entries.Select(entry => entry.Event).ToList();
        LedgerEvent[] missing = [.. All(run, secret)
            .Where(happened => !known.Exists(entry => IsKnownAs(entry, happened)) && !(IsBeginning(happened.Kind) && known.Exists(entry => IsBeginning(entry.Kind))))];
        foreach (var happened in missing.Where(happened => IsBeginning(happened.Kind)).Concat(missing.Where(happened => !IsBeginning(happened.Kind)).OrderBy(happened => happened.At)))
            LedgerFile.Append(run.Directory, happened);
    }

    /// <summary>Whether the run's ledger lacks the end of a request: a process was killed between its last file and the ledger.</summary>
    /// <param name="run">The run.</param>
    /// <param name="folder">A request that is promoted or withdrawn.</param>
    public static bool LacksEnd(Run run, RequestFolder folder)
    {
        if (!LedgerFile.Exists(run.Directory))
            return false;
        bool withdrawn = folder.ReadWithdrawal() is not null;
        if (!withdrawn && !folder.HasResult)
            return false;
        var kind = withdrawn ? LedgerEventKind.Withdrawn : LedgerEventKind.Promoted;
        try
        {
            return !LedgerFile.Read(run.Directory).Entries.Any(entry => entry.Event.Kind == kind && entry.Event.Request == folder.Request.Id);
        }
        catch (StoreDamagedException)
        {
            return false; // Whoever reads the ledger for its own sake says so; it can be completed no more.
        }
    }

    private static IEnumerable<LedgerEvent> All(Run run, RunSecret secret)
    {
        if (Beginning(run) is { } beginning)
            yield return beginning;
        if (Replayed(secret, Path.Combine(run.Directory, ReplayReport.FileName)) is { } first)
            yield return first;
        var served = run.Index.History.ToDictionary(entry => entry.Request);
        foreach (var folder in RequestFolder.All(run.Directory))
        {
            yield return new(LedgerEventKind.Accepted, folder.Request.ReceivedAt) { Request = folder.Request.Id, Document = Sealed(secret, folder.Request) };
            foreach (var happened in Outcome(run, folder, served.GetValueOrDefault(folder.Request.Id)))
                yield return happened with { Request = folder.Request.Id };
            if (Replayed(secret, Path.Combine(run.RequestDirectory(folder.Request.Id), ReplayReport.FileName)) is { } replayed)
                yield return replayed;
        }
    }

    private static IEnumerable<LedgerEvent> Outcome(Run run, RequestFolder folder, HistoryEntry? entry)
    {
        if (run.Staged(folder.Request.Id) is { } staged)
            yield return new(LedgerEventKind.Candidate, staged.History[^1].At) { Model = staged.Served };
        if (folder.ReadVerdict() is { } verdict)
            yield return new(LedgerEventKind.Verdict, verdict.At) { Model = verdict.Model, Document = folder.DigestOf(Verdict.FileName), Note = verdict.Kind.ToString().ToUpperInvariant() };
        if (entry is not null && folder.ReadResult() is { } result)
        {
            foreach (var happened in CertifiedPromotion.Events(Certified(entry.Promotion), folder.Request.Id, result.After, entry.At))
                yield return happened;
        }

        if (folder.ReadWithdrawal() is { } withdrawal)
            yield return new(LedgerEventKind.Withdrawn, withdrawal.At);
    }

    private static CertifiedPromotion? Certified(PromotionRecord? promotion) =>
        promotion is null ? null : new(promotion.Basis.ToString().ToLowerInvariant(), promotion.Why, promotion.By, promotion.Verdict);

    private static LedgerEvent? Beginning(Run run) => Original(run) is { } original
        ? new(run.Recipe.Scheme == TrainingScheme.Imported ? LedgerEventKind.Imported : LedgerEventKind.Trained, EndOfTraining(run)) { Model = original }
        : null;

    /// <summary>The replay that a file holds; null where there is none or it cannot be read.</summary>
    private static LedgerEvent? Replayed(RunSecret secret, string path)
    {
        if (ReplayFile.Read(path) is not { } report)
            return null;
        var seal = secret.Seal(ReplayPurpose, File.ReadAllBytes(path));
        return new(LedgerEventKind.Replayed, report.At) { Request = report.Request, Model = report.Served, Document = seal, Note = CertifiedReplay.Of(report, seal).ToNote() };
    }

    /// <summary>The model of the first training; null where nothing tells of it any more.</summary>
    private static Digest? Original(Run run) =>
        run.Index.History.Count == 0 ? run.Index.Served : RequestFolder.Find(run.Directory, run.Index.History[0].Request)?.ReadResult()?.Before;

    /// <summary>When the last file of the training was written; an imported run has only its description.</summary>
    private static DateTimeOffset EndOfTraining(Run run)
    {
        string steps = Path.Combine(run.Directory, StepRecording.FileName);
        return new(File.GetLastWriteTimeUtc(File.Exists(steps) ? steps : Path.Combine(run.Directory, "run.json")), TimeSpan.Zero);
    }

    /// <summary>Seals the request as its file will be once it is served, without names.</summary>
    private static Digest Sealed(RunSecret secret, ForgetRequest request) =>
        secret.Seal(RequestPurpose, System.Text.Encoding.UTF8.GetBytes(request.WithoutNames().ToJson() + "\n"));

    /// <summary>Whether an entry tells of an event, in whatever words: request, model and document say which it is, and earlier versions noted less.</summary>
    private static bool IsKnownAs(LedgerEvent entry, LedgerEvent happened) => happened.IsSameAs(entry with { Note = happened.Note });

    private static bool IsBeginning(LedgerEventKind kind) => kind is LedgerEventKind.Trained or LedgerEventKind.Imported;
}
