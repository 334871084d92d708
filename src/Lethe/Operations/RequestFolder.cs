using System.Globalization;
using Lethe.Core.Errors;
using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Core.Requests;
using Lethe.Core.Steps;
using Lethe.Core.Store;
using Lethe.Core.Verdicts;
using Lethe.Reports;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>The files of one request in its run.</summary>
internal sealed class RequestFolder
{
    public const string RequestFile = "request.json";
    public const string PlanFile = "plan.json";
    public const string BeforeFile = "before.json";
    public const string ResultFile = "result.json";
    public const string ReportFile = "report.html";
    public const string FiguresFile = "report.json";
    public const string StepsFile = StepRecording.FileName;
    public const string CandidateFile = "candidate.json";
    public const string CandidatePage = "candidate.html";
    public const string WithdrawnFile = "withdrawn.json";
    private const string ProgressFile = "progress.json";
    private const string PinFile = "pins";
    private const string StagedSuffix = ".next";
    private const string Prefix = "request-";

    private readonly string _path;

    private RequestFolder(string path, ForgetRequest request) => (_path, Request) = (path, request);

    public ForgetRequest Request { get; }

    public string Report => Path.Combine(_path, ReportFile);

    /// <summary>The report while the candidate waits.</summary>
    public string CandidateReport => Path.Combine(_path, CandidatePage);

    /// <summary>Where the files of a run's requests are.</summary>
    public static string Root(string run) => Path.Combine(run, "requests");

    /// <summary>The folder of a request; null where there is none or its request cannot be read.</summary>
    public static RequestFolder? Find(string run, string id)
    {
        string path = Path.Combine(Root(run), id);
        return Read(path) is { } request ? new RequestFolder(path, request) : null;
    }

    /// <summary>All requests of a run in the order of their identifiers; a folder without a request belongs to a process that was killed before it had accepted one.</summary>
    public static IReadOnlyList<RequestFolder> All(string run) =>
        Directory.Exists(Root(run))
            ? [.. Directory.GetDirectories(Root(run)).Order(StringComparer.Ordinal).Select(path => Read(path) is { } request ? new RequestFolder(path, request) : null).OfType<RequestFolder>()]
            : [];

    /// <summary>How far the request is.</summary>
    public RequestState StateIn(Run run) =>
        run.Index.History.Any(entry => entry.Request == Request.Id) ? RequestState.Promoted
        : File.Exists(Path.Combine(_path, WithdrawnFile)) ? RequestState.Withdrawn
        : run.Staged(Request.Id) is not null ? RequestState.Candidate
        : RequestState.Accepted;

    /// <summary>An unfinished request for exactly these records; null: none.</summary>
    public static RequestFolder? Unfinished(Run run, IReadOnlyList<RecordId> records) =>
        All(run.Directory).LastOrDefault(folder => folder.StateIn(run) is RequestState.Accepted or RequestState.Candidate && folder.Request.Records.SequenceEqual(records));

    /// <summary>A new request with the next identifier.</summary>
    public static ForgetRequest Draft(Run run, ResolvedSelection selection, DateTimeOffset now, string? reason)
    {
        int highest = 0;
        foreach (var folder in All(run.Directory))
        {
            string id = folder.Request.Id;
            if (id.StartsWith(Prefix, StringComparison.Ordinal) && int.TryParse(id.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                highest = Math.Max(highest, number);
        }

        string next = Prefix + (highest + 1).ToString("D4", CultureInfo.InvariantCulture);
        return ForgetRequest.Create(next, selection.Selection, selection.Records, now, reason: reason);
    }

    /// <summary>Stores the request durably, before anything is done for it.</summary>
    public static RequestFolder Accept(Run run, ForgetRequest request, UnlearningPlan plan)
    {
        var folder = new RequestFolder(run.RequestDirectory(request.Id), request);
        folder.Write(RequestFile, request.ToJson() + "\n");
        folder.Write(PlanFile, plan.ToJson() + "\n");
        return folder;
    }

    /// <summary>The plan that the request was accepted with; null where it cannot be read.</summary>
    public UnlearningPlan? ReadPlan()
    {
        string path = Path.Combine(_path, PlanFile);
        try
        {
            return File.Exists(path) ? UnlearningPlan.FromJson(File.ReadAllText(path)) : null;
        }
        catch (BadDataException)
        {
            return null;
        }
    }

    /// <summary>The verdict on the request's model; null where there is none or it cannot be read.</summary>
    public Verdict? ReadVerdict()
    {
        string path = Path.Combine(_path, Verdict.FileName);
        try
        {
            return File.Exists(path) ? Verdict.FromJson(File.ReadAllText(path)) : null;
        }
        catch (BadDataException)
        {
            return null;
        }
    }

    /// <summary>Whether a process was killed between a verdict and its policy.</summary>
    public bool HasUnfinishedVerdict => VerdictFiles.AreUnfinished(_path);

    /// <summary>Leaves the verdict before with its policy, or the new one with its.</summary>
    public void FinishVerdict() => VerdictFiles.Finish(_path, ReadVerdict());

    /// <summary>SHA-256 of one of the request's files.</summary>
    public Digest DigestOf(string name) => Digest.Of(File.ReadAllBytes(Path.Combine(_path, name)));

    /// <summary>Whether a method has saved steps for the request.</summary>
    public bool IsBegun => File.Exists(Path.Combine(_path, ProgressFile));

    public ModelAggregates? ReadBefore(Digest model)
    {
        var before = ReadBefore(_path);
        return before?.Model == model ? before : null;
    }

    public static ModelAggregates? ReadBefore(string folder) => ReadJson<ModelAggregates>(Path.Combine(folder, BeforeFile));

    public static ForgettingRecord? ReadResult(string folder) => ReadJson<ForgettingRecord>(Path.Combine(folder, ResultFile));

    public void WriteBefore(ModelAggregates before) => Write(BeforeFile, CanonicalJson.SerializeIndented(before));

    /// <summary>Writes the outcome and its report beside their final names, before the run's state changes.</summary>
    public void Stage(ForgettingRecord result, ForgettingReport report, ForgettingReport asCandidate)
    {
        Write(FiguresFile + StagedSuffix, ReportFiles.ToJson(report));
        Write(ReportFile + StagedSuffix, HtmlReport.Render(report));
        Write(CandidatePage, HtmlReport.Render(asCandidate));
        Stage(result);
    }

    /// <summary>Writes the outcome without a report of its own, before the run's state changes.</summary>
    public void Stage(ForgettingRecord result) => Write(ResultFile + StagedSuffix, CanonicalJson.SerializeIndented(result));

    /// <summary>Writes the steps that served the request, before the run's state changes.</summary>
    public void Stage(StepRecord steps) => Write(StepsFile + StagedSuffix, steps.ToJson() + "\n");

    /// <summary>The outcome that waits for promotion; null: none.</summary>
    public ForgettingRecord? ReadStaged() => ReadJson<ForgettingRecord>(Path.Combine(_path, ResultFile + StagedSuffix));

    /// <summary>Puts staged files in force after the commit, and removes what was needed only on the way, the names of people included.</summary>
    /// <param name="overwrite">Whether what is removed is overwritten first.</param>
    /// <returns>Whether there was anything to do.</returns>
    public bool Finish(bool overwrite)
    {
        WithholdNames(overwrite);
        bool unfinished = false;
        foreach (string name in new[] { FiguresFile, ReportFile, StepsFile, ResultFile })
        {
            string path = Path.Combine(_path, name);
            if (!File.Exists(path + StagedSuffix))
                continue;
            File.Move(path + StagedSuffix, path, overwrite: true);
            unfinished = true;
        }

        // The candidate goes last: as long as it is there, the next process knows that the promotion is not complete.
        foreach (string name in new[] { ProgressFile, PinFile, CandidatePage, CandidateFile })
        {
            string path = Path.Combine(_path, name);
            unfinished |= name != PinFile && File.Exists(path);
            ErasedFile.Delete(path, overwrite);
        }

        return unfinished;
    }

    /// <summary>Whether the request was promoted by a process that was killed before it had put everything in its place.</summary>
    public bool HasCandidateFile => File.Exists(Path.Combine(_path, CandidateFile));

    /// <summary>Whether the outcome is in force.</summary>
    public bool HasResult => File.Exists(Path.Combine(_path, ResultFile));

    /// <summary>Marks the request as withdrawn; its folder keeps that, the record numbers and the reason, and nothing else.</summary>
    public void MarkWithdrawn(Withdrawal withdrawal) => Write(WithdrawnFile, CanonicalJson.SerializeIndented(withdrawal));

    public Withdrawal? ReadWithdrawal() => ReadJson<Withdrawal>(Path.Combine(_path, WithdrawnFile));

    /// <summary>Whether only what a withdrawn request keeps is left.</summary>
    public bool IsEmpty => !Request.NamesPeople && Directory.GetFiles(_path).All(path => Path.GetFileName(path) is RequestFile or WithdrawnFile);

    /// <summary>Removes everything that a withdrawn request does not keep.</summary>
    public void Empty(bool overwrite)
    {
        WithholdNames(overwrite);
        foreach (string path in Directory.GetFiles(_path).Where(path => Path.GetFileName(path) is not (RequestFile or WithdrawnFile)))
            ErasedFile.Delete(path, overwrite);
    }

    private void WithholdNames(bool overwrite)
    {
        if (Request.NamesPeople)
            ErasedFile.Replace(Path.Combine(_path, RequestFile), Request.WithoutNames().ToJson() + "\n", overwrite);
    }

    public ForgettingRecord? ReadResult() => ReadResult(_path);

    public ModelAggregates? ReadBefore() => ReadBefore(_path);

    /// <summary>The request of a folder; null where there is none or it cannot be read.</summary>
    public static ForgetRequest? Read(string folder)
    {
        string path = Path.Combine(folder, RequestFile);
        try
        {
            return File.Exists(path) ? ForgetRequest.FromJson(File.ReadAllText(path)) : null;
        }
        catch (BadDataException)
        {
            return null;
        }
    }

    private static T? ReadJson<T>(string path) where T : class =>
        File.Exists(path) ? CanonicalJson.Deserialize<T>(File.ReadAllText(path)) : null;

    private void Write(string name, string text) => AtomicFile.WriteAllText(Path.Combine(_path, name), text);
}
