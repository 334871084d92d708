using System.Globalization;
using Lethe.Core.Errors;
using Lethe.Core.Plans;
using Lethe.Core.Records;
using Lethe.Core.Requests;
using Lethe.Core.Steps;
using Lethe.Core.Store;
using Lethe.Methods;
using Lethe.Methods.Options;
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
    private const string ProgressFile = "progress.json";
    private const string StagedSuffix = ".next";
    private const string Prefix = "request-";

    private readonly string _path;

    private RequestFolder(string path, ForgetRequest request) => (_path, Request) = (path, request);

    public ForgetRequest Request { get; }

    public string Report => Path.Combine(_path, ReportFile);

    /// <summary>Where the files of a run's requests are.</summary>
    public static string Root(string run) => Path.Combine(run, "requests");

    /// <summary>The identifier that the request gets: that of an unfinished request for the same records, or the next one.</summary>
    public static ForgetRequest Draft(Run run, ResolvedSelection selection, DateTimeOffset now, string? reason)
    {
        var served = run.Index.History.Select(entry => entry.Request).ToHashSet();
        int highest = 0;
        string[] folders = Directory.Exists(Root(run.Directory)) ? Directory.GetDirectories(Root(run.Directory)) : [];
        foreach (string path in folders.Order(StringComparer.Ordinal))
        {
            // A folder without a request belongs to a process that was killed before it had accepted one.
            if (!File.Exists(Path.Combine(path, RequestFile)))
                continue;
            string id = Path.GetFileName(path);
            if (id.StartsWith(Prefix, StringComparison.Ordinal) && int.TryParse(id.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                highest = Math.Max(highest, number);
            if (!served.Contains(id) && Read(path) is { } open && open.Records.SequenceEqual(selection.Records))
                return open;
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

    public ModelAggregates? ReadBefore(Digest model)
    {
        var before = ReadBefore(_path);
        return before?.Model == model ? before : null;
    }

    public static ModelAggregates? ReadBefore(string folder) => ReadJson<ModelAggregates>(Path.Combine(folder, BeforeFile));

    public static ForgettingRecord? ReadResult(string folder) => ReadJson<ForgettingRecord>(Path.Combine(folder, ResultFile));

    public void WriteBefore(ModelAggregates before) => Write(BeforeFile, CanonicalJson.SerializeIndented(before));

    /// <summary>Writes the outcome and its report beside their final names, before the run's state changes.</summary>
    public void Stage(ForgettingRecord result, ForgettingReport report)
    {
        Write(FiguresFile + StagedSuffix, ReportFiles.ToJson(report));
        Write(ReportFile + StagedSuffix, HtmlReport.Render(report));
        Stage(result);
    }

    /// <summary>Writes the outcome without a report of its own, before the run's state changes.</summary>
    public void Stage(ForgettingRecord result) => Write(ResultFile + StagedSuffix, CanonicalJson.SerializeIndented(result));

    /// <summary>Writes the steps that served the request, before the run's state changes.</summary>
    public void Stage(StepRecord steps) => Write(StepsFile + StagedSuffix, steps.ToJson() + "\n");

    /// <summary>Puts staged files in force after the commit, and removes what was needed only on the way, the names of people included.</summary>
    public void Finish() => Finish(_path);

    /// <summary>Finishes what a process that was killed between its commit and the finish left.</summary>
    /// <returns>The request that was committed last, if it was left so; null otherwise.</returns>
    public static RequestFolder? FinishCommitted(Run run)
    {
        RequestFolder? last = null;
        foreach (var entry in run.Index.History)
        {
            string path = Path.Combine(Root(run.Directory), entry.Request);
            last = Directory.Exists(path) && Finish(path) && Read(path) is { } request ? new RequestFolder(path, request) : null;
        }

        return last;
    }

    public ForgettingRecord? ReadResult() => ReadResult(_path);

    public ModelAggregates? ReadBefore() => ReadBefore(_path);

    private static bool Finish(string folder)
    {
        if (Read(folder) is { NamesPeople: true } named)
            new RequestFolder(folder, named).Write(RequestFile, named.WithoutNames().ToJson() + "\n");
        bool unfinished = false;
        foreach (string name in new[] { FiguresFile, ReportFile, StepsFile, ResultFile })
        {
            string path = Path.Combine(folder, name);
            if (!File.Exists(path + StagedSuffix))
                continue;
            File.Move(path + StagedSuffix, path, overwrite: true);
            unfinished = true;
        }

        string progress = Path.Combine(folder, ProgressFile);
        unfinished |= File.Exists(progress);
        File.Delete(progress);
        return unfinished;
    }

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

/// <summary>What <c>result.json</c> keeps of a served request.</summary>
internal sealed record ForgettingRecord
{
    /// <summary>The outcome as it will be when the result's index is committed to the run, which it is not yet.</summary>
    public static ForgettingRecord Of(ForgetRequest request, UnlearningPlan plan, UnlearningResult result, Run run) => new()
    {
        Request = request.Id,
        Method = plan.Method,
        Guarantee = result.Guarantee,
        Records = request.Records.Count,
        Decision = result.Trace?.Decision,
        Settings = SettingsOf(plan),
        Cost = result.Cost,
        Retraining = result.Retraining,
        Resuming = result.Resuming,
        Findings = result.Findings,
        Before = run.Index.Served!.Value,
        After = result.NextIndex.Served!.Value,
        Destroyed = [.. run.Store.List().Except(result.NextIndex.References()).Except(run.Lasting).Order()],
    };

    private static string SettingsOf(UnlearningPlan plan) => string.Join(' ', MethodCatalog.Find(plan.Method).Descriptor.Options
        .Where(option => plan.Options.TryGetValue(option.Name, out var value) && value != option.Default)
        .Select(option => option.Kind == OptionKind.Flag ? $"--{option.Name}" : $"--{option.Name} {plan.Options[option.Name]}"));

    public required string Request { get; init; }

    public required string Method { get; init; }

    public required Guarantee Guarantee { get; init; }

    public required int Records { get; init; }

    public string? Decision { get; init; }

    /// <summary>The method's options that differ from their defaults, as on the command line.</summary>
    public string Settings { get; init; } = "";

    public required CostAccount Cost { get; init; }

    public required CostEstimate Retraining { get; init; }

    public required CostEstimate Resuming { get; init; }

    /// <summary>What the method itself tells.</summary>
    public MethodFindings Findings { get; init; } = MethodFindings.None;

    public required Digest Before { get; init; }

    public required Digest After { get; init; }

    /// <summary>The stored objects that the commit destroyed; none of them may ever be found in the run again.</summary>
    public required IReadOnlyList<Digest> Destroyed { get; init; }

    public int GoldModelsDestroyed { get; init; }

    /// <summary>Measures of the model after; those of the model before stand in before.json.</summary>
    public ModelAggregates? Measured { get; init; }

    /// <summary>Whether the stored report shows forgotten records.</summary>
    public bool Pictures { get; init; }
}
