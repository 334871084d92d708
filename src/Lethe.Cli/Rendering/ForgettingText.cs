using Lethe.Cli.CommandLine;
using Lethe.Methods;
using Lethe.Reports;
using Lethe.Verification;
using Spectre.Console;

namespace Lethe.Cli.Rendering;

/// <summary>Prints what a forget request did.</summary>
internal static class ForgettingText
{
    private const double LeastBeta = 0.0001;

    public static void Print(IAnsiConsole console, ForgettingSummary summary, bool erase)
    {
        bool waits = summary.State == RequestState.Candidate;
        console.MarkupLineInterpolated(waits ? $"[bold yellow]{summary.Headline}[/]" : (FormattableString)$"[bold green]{summary.Headline}[/]");
        foreach (string reason in summary.Waits)
            console.MarkupLineInterpolated($"[bold yellow]The new model waits:[/] {reason}");
        foreach (var warning in summary.Warnings)
            console.MarkupLineInterpolated($"[bold yellow]Careful:[/] {warning}");
        if (summary.Decision is not null)
            console.WriteLine(summary.Decision);
        console.Write(Costs(summary.Costs));
        if (summary.Measures.Count > 0)
            console.Write(TableStyle.Measures(summary.Measures, gold: false));
        if (summary.Findings.Count > 0)
            TableStyle.Facts(console, [.. summary.Findings.Select(finding => new Fact(finding.Name, Short(finding)))]);
        if (summary.CanaryStanding is { } standing)
            TableStyle.Facts(console, [new Fact("canaries", standing), .. summary.Canaries.Select(Canary)]);
        TableStyle.Facts(console, Outcome(summary, waits));
        console.WriteLine();
        string run = Continuation.Quote(summary.Run);
        string erasing = erase ? " --secure-erase" : "";
        if (summary.Advice is { } advice)
            console.WriteLine(advice);
        string[] next = waits
            ? [$"lethe verify {run} --promote{erasing}", $"lethe promote {run} --override REASON{erasing}", $"lethe withdraw {run} {summary.Request}{erasing}"]
            : [$"lethe verify {run}", $"lethe inspect {run} --residue"];
        console.WriteLine("Next: " + string.Join("\n  or: ", next));
    }

    private static Fact[] Outcome(ForgettingSummary summary, bool waits) =>
        [
            new Fact("request", $"{summary.Request}, {$"{summary.Method} {summary.Settings}".Trim()}, guarantee: {summary.Guarantee.ToString().ToLowerInvariant()}{(summary.Processes > 1 ? $", by {summary.Processes} processes whose times are added up" : "")}"),
            new Fact("model before", summary.Before + (waits ? " (still served)" : " (destroyed)")),
            new Fact(waits ? "candidate" : "model after", summary.After.ToString()),
            .. waits
                ? Array.Empty<Fact>()
                :
                [
                    new Fact("served because", summary.Promotion ?? "no check was made"),
                    new Fact("destroyed", $"{Wording.Count(summary.ObjectsDestroyed, "stored object", "stored objects")}, {Wording.Count(summary.GoldModelsDestroyed, "gold model", "gold models")}"),
                ],
            new Fact("report", summary.Report),
        ];

    private static Fact Canary(CanaryResult canary)
    {
        string outcome = canary.Outcome switch
        {
            BackdoorOutcome.Deleted => "deleted",
            BackdoorOutcome.NotDeleted => "NOT deleted",
            _ => "undecided, its test is too weak",
        };
        double never = canary.Never.Max(rate => rate.Rate), beta = canary.Test.Beta;
        return new Fact("canary", FormattableString.Invariant(
            $"{outcome}: its trigger worked on {Wording.Percent(canary.Before.Rate)} of {canary.Before.Queries} unseen records before, {Wording.Percent(canary.After.Rate)} now; triggers never planted on at most {Wording.Percent(never)} (α = {canary.Test.Alpha}, β {(beta < LeastBeta ? $"< {LeastBeta}" : $"= {beta:0.####}")})"));
    }

    /// <summary>One value, or where a series begins and ends.</summary>
    private static string Short(Finding finding) => finding.Values.Count switch
    {
        0 => "none",
        <= 5 => string.Join(", ", finding.Values.Select((value, i) => (finding.Labels is { } labels ? labels[i] + ": " : "") + Wording.Number(value))),
        _ => $"{Wording.Number(finding.Values[0])} … {Wording.Number(finding.Values[^1])} ({finding.Values.Count} values, in the report)",
    };

    public static Table Costs(IReadOnlyList<CostBar> costs)
    {
        var table = TableStyle.Create("cost", "samples", "time", "speed-up in samples", "in time");
        foreach (var cost in costs)
        {
            bool own = ReferenceEquals(cost, costs[0]);
            string samples = own || costs[0].Samples == 0 ? "" : Wording.Times((double)cost.Samples / costs[0].Samples);
            string time = own || cost.Seconds is null || costs[0].Seconds is not > 0 ? "" : Wording.Times(cost.Seconds.Value / costs[0].Seconds!.Value);
            string seconds = cost.Seconds is { } value ? Wording.Seconds(value) + (cost.Measured ? "" : " (estimate)") : "unknown";
            table.AddRow(new Text(cost.Name), new Text(Wording.Whole(cost.Samples)), new Text(seconds), new Text(samples), new Text(time));
        }

        return table;
    }
}
