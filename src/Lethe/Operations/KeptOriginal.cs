using Lethe.Reports;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>What is left of the models that a run has served before: figures about their own request's records, taken before it.</summary>
/// <param name="Model">Figures of the model before the last request; null where it was not measured.</param>
/// <param name="Records">The records that they are about, so that the others are measured on the same.</param>
/// <param name="Requests">The kept figures of every request.</param>
/// <param name="Remarks">What a reader of the table must know.</param>
internal sealed record KeptOriginal(ModelAggregates? Model, IReadOnlyList<int> Records, IReadOnlyList<RequestFigures> Requests, IReadOnlyList<string> Remarks)
{
    public static KeptOriginal Of(Run run)
    {
        var history = run.Index.History;
        string folder = Path.Combine(RequestFolder.Root(run.Directory), history[^1].Request);
        var before = RequestFolder.ReadBefore(folder);
        if (history.Count == 1)
        {
            return new KeptOriginal(before, run.Index.Deleted, [],
            [
                "The original model was destroyed when it was forgotten from; its column holds what was measured before, and only that.",
                .. before is null ? ["The original was not measured (--no-measure)."] : Array.Empty<string>(),
            ]);
        }

        int[]? records = RequestFolder.Read(folder) is { } request ? [.. request.Records.Select(record => record.Value)] : null;
        var known = records is null ? null : before;
        string last = history[^1].Request;
        return new KeptOriginal(known, known is null ? run.Index.Deleted : records!, [.. history.Select(entry => Figures(run, entry))],
        [
            known is null
                ? $"The run has served {history.Count} requests and the model before the last one ({last}) was not measured (--no-measure): nothing can be shown as original."
                : $"The run has served {history.Count} requests. Original means the model before the last one ({last}), as measured then; the table is about that request's {Wording.Count(records!.Length, "record", "records")}, and the rows below about all forgotten ones, for which no original exists any more.",
            "Every earlier model was destroyed by its request: of them only the figures of each request are left.",
        ]);
    }

    private static RequestFigures Figures(Run run, HistoryEntry entry)
    {
        string folder = Path.Combine(RequestFolder.Root(run.Directory), entry.Request);
        var (before, after) = (RequestFolder.ReadBefore(folder), RequestFolder.ReadResult(folder)?.Measured);
        return new RequestFigures(
            entry.Request, entry.Method, entry.Records, before?.TestAccuracy, after?.TestAccuracy, before?.ForgottenAccuracy, after?.ForgottenAccuracy);
    }
}
