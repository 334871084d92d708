using Lethe.Core.Store;
using Lethe.Reports;

namespace Lethe.Operations;

/// <summary>Builds report pages from summaries.</summary>
internal static class ReportSections
{
    private const string ApproximateNote =
        "An approximate or heuristic method gives no proof that the records left no trace. The figures here are measurements; `lethe verify` compares with models that never saw the records.";

    public static RequestSection Of(ForgettingSummary summary, ResidualCurve? curve, BlockTimeline? timeline) => new()
    {
        Id = summary.Request,
        Title = summary.Request,
        Headline = summary.Headline,
        Method = $"{summary.Method} {summary.Settings}".Trim(),
        Warnings = summary.Warnings,
        Guarantee = summary.Guarantee.ToString().ToLowerInvariant(),
        Records = summary.Records,
        Subjects = summary.Subjects,
        Decision = summary.Decision,
        Accuracies = [.. summary.Measures.Where(row => row.Format == FigureFormat.Percent)],
        Measures = [.. summary.Measures.Where(row => row.Format != FigureFormat.Percent)],
        HitRates = Rates(summary.Canaries),
        Residual = curve,
        Costs = summary.Costs,
        Timeline = timeline,
        Findings = summary.Findings,
        Facts =
        [
            .. Models(summary),
            .. summary.CanaryStanding is { } standing ? [new Fact("canaries", standing)] : Array.Empty<Fact>(),
        ],
    };

    /// <summary>The hits of all forgotten people's triggers together.</summary>
    private static HitRate[] Rates(IReadOnlyList<CanaryResult> canaries) => canaries.Count == 0
        ? []
        :
        [
            HitRate.Pool("original", canaries.Select(canary => (canary.Before.Hits, canary.Before.Queries))),
            HitRate.Pool("unlearned", canaries.Select(canary => (canary.After.Hits, canary.After.Queries))),
            HitRate.Pool("never planted", canaries.SelectMany(canary => canary.Never).Select(rate => (rate.Hits, rate.Queries))),
        ];

    private static Fact[] Models(ForgettingSummary summary) => summary.State == RequestState.Candidate
        ?
        [
            new("model before (served)", summary.Before.ToString()),
            new("candidate (waits)", summary.After.ToString()),
            .. summary.Waits.Select(reason => new Fact("why it waits", reason)),
        ]
        :
        [
            new("model before (destroyed)", summary.Before.ToString()),
            new("model after", summary.After.ToString()),
            new("destroyed", $"{Wording.Count(summary.ObjectsDestroyed, "stored object", "stored objects")} and {Wording.Count(summary.GoldModelsDestroyed, "gold model", "gold models")}"),
        ];

    public static ForgettingReport Page(RequestSection section, IReadOnlyList<Fact> setting, MemoryCurve? profile, DateTimeOffset at) => new()
    {
        Headline = section.Headline,
        Setting = setting,
        Requests = [section],
        MemoryCurve = profile,
        Notes = section.Guarantee == "exact" ? [] : [ApproximateNote],
        CreatedAt = at.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>Writes the page and its figures into a directory.</summary>
    public static string Write(string directory, ForgettingReport report)
    {
        string page = Path.Combine(directory, RequestFolder.ReportFile);
        AtomicFile.WriteAllText(Path.Combine(directory, RequestFolder.FiguresFile), ReportFiles.ToJson(report));
        AtomicFile.WriteAllText(page, HtmlReport.Render(report));
        return page;
    }
}
