using Lethe.Core.Numerics;
using Lethe.Core.Store;
using Lethe.Reports;
using Lethe.Verification;

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
        ],
    };

    /// <summary>The hits of all forgotten people's triggers together.</summary>
    private static HitRate[] Rates(IReadOnlyList<CanaryResult> canaries) => canaries.Count == 0
        ? []
        : [Rate("original", canaries.Select(canary => canary.Before)), Rate("unlearned", canaries.Select(canary => canary.After)), Rate("never planted", canaries.SelectMany(canary => canary.Never))];

    private static HitRate Rate(string model, IEnumerable<BackdoorHitRate> rates)
    {
        var (hits, queries) = rates.Aggregate((Hits: 0, Queries: 0), (sum, rate) => (sum.Hits + rate.Hits, sum.Queries + rate.Queries));
        var (low, high) = Binomial.ClopperPearson(hits, queries, BackdoorHitRate.Confidence);
        return new HitRate(model, hits, queries, low, high);
    }

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
