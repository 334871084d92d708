using Lethe.Reports;
using Lethe.Training.Runs;
using Lethe.Training.Training;

namespace Lethe.Operations;

/// <summary>Tells a request's outcome to the caller.</summary>
internal static class ForgettingSummaries
{
    /// <param name="run">The run.</param>
    /// <param name="folder">The request's files.</param>
    /// <param name="record">The outcome.</param>
    /// <param name="subjects">How many people it is about; null where the data names none.</param>
    /// <param name="waiting">Why it is not served; null: it is.</param>
    /// <param name="notes">What the user must be told besides.</param>
    public static ForgettingSummary Of(Run run, RequestFolder folder, ForgettingRecord record, int? subjects, Waiting? waiting, IReadOnlyList<string> notes)
    {
        var before = folder.ReadBefore();
        CostBar[] costs =
        [
            new("forgetting", record.Cost.Samples, record.Cost.Seconds, true),
            new("retraining from scratch", record.Retraining.Samples, record.Retraining.Seconds, false),
            .. run.Recipe.Scheme == TrainingScheme.DeepObliviate
                ? new CostBar[] { new("resuming before the first forgotten record", record.Resuming.Samples, record.Resuming.Seconds, false) }
                : [],
        ];
        bool comparable = run.Recipe.Scheme != TrainingScheme.Imported;
        bool waits = waiting is not null;
        return new ForgettingSummary
        {
            Run = run.Directory,
            Request = record.Request,
            State = waits ? RequestState.Candidate : RequestState.Promoted,
            Waits = waiting?.Reasons ?? [],
            CheckFailed = waiting is { CheckFailed: true },
            Advice = waiting is { CheckFailed: false, MayBeServed: false } ? FewRecords.WhileWaiting(run, record.Records) : null,
            Promotion = run.Index.History.LastOrDefault(entry => entry.Request == record.Request)?.Promotion?.Why,
            Headline = Wording.Headline(record.Records, subjects, costs[0], comparable ? costs[1] : null) + (waits ? "; the new model waits and is not served yet" : ""),
            Decision = record.Decision,
            Settings = record.Settings,
            Warnings = [.. notes, .. ForgettingWarnings.Of(record, before, waits)],
            Method = record.Method,
            Guarantee = record.Guarantee,
            Records = record.Records,
            Subjects = subjects,
            Cost = record.Cost,
            Costs = comparable ? costs : costs[..1],
            Measures = before is null ? [] : [.. MeasureTable.Accuracies(before, record.Measured, []), .. MeasureTable.Losses(before, record.Measured, [])],
            Canaries = record.Canaries,
            CanaryStanding = CanaryStanding.Of(run, record),
            Findings = record.Findings.Numbers,
            Before = record.Before,
            After = record.After,
            ObjectsDestroyed = waits ? 0 : record.Destroyed.Count,
            GoldModelsDestroyed = waits ? 0 : record.GoldModelsDestroyed,
            Report = waits ? folder.CandidateReport : folder.Report,
        };
    }
}
