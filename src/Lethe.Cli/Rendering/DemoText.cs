using Lethe.Demo;
using Lethe.Reports;
using Spectre.Console;

namespace Lethe.Cli.Rendering;

/// <summary>Prints the demo's outcome for newcomers: for each request what was asked, how the three models compare, and what it cost.</summary>
internal static class DemoText
{
    public static void Print(IAnsiConsole console, DemoSummary demo)
    {
        console.WriteLine(demo.Trained);
        console.WriteLine("Then two requests to be forgotten were served, at once after quick checks: two gold models are too few for a verdict. The tables compare three networks:");
        TableStyle.Facts(console,
        [
            new Fact("original", "the network before it forgot"),
            new Fact("unlearned", "the network after"),
            new Fact("gold", "networks trained from scratch without the records: what perfect forgetting would give. Good is unlearned close to gold"),
        ]);
        foreach (var request in demo.Requests)
        {
            console.WriteLine();
            console.MarkupLineInterpolated($"[bold]{request.Title}[/]");
            foreach (string paragraph in request.Explanation)
                console.WriteLine(paragraph);
            console.MarkupLineInterpolated($"[bold green]{request.Headline}.[/]");
            if (request.Decision is not null)
                console.MarkupLineInterpolated($"[grey]{request.Decision}[/]");
            console.Write(Figures(request));
            console.Write(ForgettingText.Costs(request.Costs));
        }

        console.WriteLine();
        console.MarkupLineInterpolated($"Done in {Wording.Seconds(demo.Seconds)}. Curves, pictures and more measures are in the report: [bold]{demo.Report}[/]");
    }

    /// <summary>What a newcomer understands at a glance; the report has the other measures.</summary>
    private static Table Figures(RequestSection request)
    {
        var table = TableStyle.Create("", "original", "unlearned", "gold");
        if (request.HitRates.Count > 0)
            table.AddRow([new Text("secret trigger works on"), .. request.HitRates.Select(rate => new Text(Wording.Percent(rate.Rate)))]);
        foreach (var row in request.Accuracies.Where(row => row.Gold is not null))
            table.AddRow(new Text(row.Name), new Text(Wording.Figure(row.Original, row.Format)), new Text(Wording.Figure(row.Unlearned, row.Format)), new Text(Wording.Figure(row.Gold, row.Format)));
        return table;
    }
}
