using Lethe.Core.Evidence;
using Lethe.Core.Ledgers;
using Lethe.Core.Records;
using Lethe.Core.Requests;
using Lethe.Core.Verdicts;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Operations;

/// <summary>
/// Brings a run's ledger up to date. What belongs into it follows from the run's own files, so it does not matter when this is called or whether a
/// process was killed before it: whatever is not recorded yet is recorded now, what is recorded is not recorded again.
/// </summary>
internal static class RunEvents
{
    private const string RequestPurpose = "request";

    /// <summary>Records everything that has happened to the run and is not in its ledger.</summary>
    /// <param name="run">Open for writing.</param>
    /// <param name="time">The clock, for what has no time of its own.</param>
    public static void Complete(Run run, TimeProvider time)
    {
        if (run.Index.Status != RunStatus.Ready)
            return;
        var secret = RunSecret.FindOrCreate(run.Directory);
        var known = LedgerFile.Read(run.Directory).Entries.Select(entry => entry.Event).ToList();
        LedgerEvent[] missing = [.. All(run, secret, time.GetUtcNow())
            .Where(happened => !known.Exists(happened.IsSameAs) && !(IsBeginning(happened.Kind) && known.Exists(entry => IsBeginning(entry.Kind))))];
        foreach (var happened in missing.Where(happened => IsBeginning(happened.Kind)).Concat(missing.Where(happened => !IsBeginning(happened.Kind)).OrderBy(happened => happened.At)))
            LedgerFile.Append(run.Directory, happened);
    }

    private static IEnumerable<LedgerEvent> All(Run run, RunSecret secret, DateTimeOffset now)
    {
        if (Original(run) is { } original)
            yield return new(run.Recipe.Scheme == TrainingScheme.Imported ? LedgerEventKind.Imported : LedgerEventKind.Trained, now) { Model = original };
        var served = run.Index.History.ToDictionary(entry => entry.Request);
        foreach (var folder in Folders(run.Directory))
        {
            if (RequestFolder.Read(folder) is not { } request)
                continue;
            yield return new(LedgerEventKind.Accepted, request.ReceivedAt) { Request = request.Id, Document = Sealed(secret, request) };
            foreach (var happened in Outcome(run, folder, request, served.GetValueOrDefault(request.Id)))
                yield return happened;
        }
    }

    private static IEnumerable<LedgerEvent> Outcome(Run run, string folder, ForgetRequest request, HistoryEntry? entry)
    {
        if (Judged(folder) is var (verdict, document))
            yield return new(LedgerEventKind.Verdict, verdict.At) { Request = request.Id, Model = verdict.Model, Document = document, Note = verdict.Kind.ToString().ToUpperInvariant() };
        if (entry is not null && RequestFolder.ReadResult(folder) is { } result)
            yield return new(LedgerEventKind.Promoted, entry.At) { Request = request.Id, Model = result.After };
    }

    /// <summary>The model of the first training; null where nothing tells of it any more.</summary>
    private static Digest? Original(Run run) =>
        run.Index.History.Count == 0 ? run.Index.Served : RequestFolder.ReadResult(Path.Combine(RequestFolder.Root(run.Directory), run.Index.History[0].Request))?.Before;

    private static (Verdict, Digest)? Judged(string folder)
    {
        string path = Path.Combine(folder, Verdict.FileName);
        if (!File.Exists(path))
            return null;
        byte[] bytes = File.ReadAllBytes(path);
        return (Verdict.FromJson(System.Text.Encoding.UTF8.GetString(bytes)), Digest.Of(bytes));
    }

    /// <summary>Seals the request as its file will be once it is served, without names.</summary>
    private static Digest Sealed(RunSecret secret, ForgetRequest request) =>
        secret.Seal(RequestPurpose, System.Text.Encoding.UTF8.GetBytes(request.WithoutNames().ToJson() + "\n"));

    private static bool IsBeginning(LedgerEventKind kind) => kind is LedgerEventKind.Trained or LedgerEventKind.Imported;

    private static IEnumerable<string> Folders(string run) =>
        Directory.Exists(RequestFolder.Root(run)) ? Directory.GetDirectories(RequestFolder.Root(run)).Order(StringComparer.Ordinal) : [];
}
