using Lethe.Demo;
using Lethe.Reports;
using Spectre.Console;

namespace Lethe.Cli.Rendering;

/// <summary>Prints the demo's outcome as one table for newcomers.</summary>
internal static class DemoText
{
    public static void Print(IAnsiConsole console, DemoSummary demo)
    {
        console.WriteLine(demo.Trained);
        foreach (var request in demo.Requests)
        {
            console.WriteLine();
            console.MarkupLineInterpolated($"[bold]{request.Title}[/]: {request.Headline}");
            if (request.Decision is not null)
                console.MarkupLineInterpolated($"[grey]{request.Decision}[/]");
            console.Write(Figures(request));
            console.Write(ForgettingText.Costs(request.Costs));
        }

        console.WriteLine();
        console.WriteLine("original: the model before forgetting. unlearned: after. gold: trained from scratch without the records, what perfect forgetting would give.");
        console.MarkupLineInterpolated($"Done in {Wording.Seconds(demo.Seconds)}. Look at the report: [bold]{demo.Report}[/]");
    }

    private static Table Figures(RequestSection request)
    {
        var table = TableStyle.Create("", "original", "unlearned", "gold");
        foreach (var row in request.Accuracies.Concat(request.Measures).Where(row => row.Gold is not null))
            table.AddRow(new Text(row.Name), new Text(Wording.Figure(row.Original, row.Format)), new Text(Wording.Figure(row.Unlearned, row.Format)), new Text(Wording.Figure(row.Gold, row.Format)));
        if (request.HitRates.Count > 0)
            table.AddRow([new Text("secret trigger works on"), .. request.HitRates.Select(rate => new Text(Wording.Percent(rate.Rate)))]);
        return table;
    }
}
