using Lethe.Reports;
using Spectre.Console;

namespace Lethe.Cli.Rendering;

/// <summary>Prints the run's model beside gold.</summary>
internal static class VerificationText
{
    public static void Print(IAnsiConsole console, VerificationSummary summary)
    {
        string golds = summary.Verdict.GoldCount == 0 ? "without a gold model to compare with" : $"compared with {Wording.Count(summary.Verdict.GoldCount, "gold model", "gold models")} ({summary.GoldFromCache} from the cache)";
        console.MarkupLineInterpolated($"[bold]{summary.Run}[/]: {Wording.Count(summary.Forgotten, "record", "records")} forgotten, {golds}");
        VerdictText.Print(console, summary.Verdict);
        console.WriteLine("All measures:");
        console.Write(TableStyle.Measures(summary.Measures, gold: true));
        if (summary.AllForgotten.Count > 0)
        {
            console.WriteLine($"All {Wording.Count(summary.Forgotten, "forgotten record", "forgotten records")} together:");
            console.Write(TableStyle.Measures(summary.AllForgotten, gold: true));
        }

        if (summary.Requests.Count > 0)
            console.Write(Requests(summary.Requests));
        if (summary.Costs.Count > 0)
            console.Write(ForgettingText.Costs(summary.Costs));
        if (summary.Measures.Any(row => row.HasPower == false))
            console.WriteLine("no power: by this measure the original could not be told from gold either, so it says nothing about the forgetting.");
        foreach (string remark in summary.Remarks)
            console.WriteLine(remark);
        console.WriteLine($"The verdict is stored in {summary.VerdictFile}, with histograms, curves and pictures in {summary.Page}");
        if (summary.Promotion is { } promotion)
            DecisionText.Print(console, promotion);
    }

    /// <summary>What each request changed, as measured when it was served.</summary>
    private static Table Requests(IReadOnlyList<RequestFigures> requests)
    {
        static Text Change(double? before, double? after) =>
            new(before is null && after is null ? "not measured" : $"{Wording.Figure(before, FigureFormat.Percent)} → {Wording.Figure(after, FigureFormat.Percent)}");
        var table = TableStyle.Create("request", "method", "records", "accuracy on unseen records", "on the request's records");
        foreach (var request in requests)
        {
            table.AddRow(
                new Text(request.Request), new Text(request.Method), new Text(Wording.Whole(request.Records)),
                Change(request.UnseenBefore, request.UnseenAfter), Change(request.ForgottenBefore, request.ForgottenAfter));
        }

        return table;
    }
}
