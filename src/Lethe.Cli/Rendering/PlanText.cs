using System.Globalization;
using Lethe.Reports;
using Spectre.Console;

namespace Lethe.Cli.Rendering;

/// <summary>Prints all methods' plans side by side.</summary>
internal static class PlanText
{
    public static void Print(IAnsiConsole console, PlanComparison plans)
    {
        string people = plans.Subjects is { } subjects ? $" of {Wording.Count(subjects, "person", "people")}" : "";
        string where = plans.Blocks.Count == 1 ? $"block {plans.Blocks[0]}" : $"{plans.Blocks.Count} blocks from {plans.Blocks[0]} to {plans.Blocks[^1]}";
        console.MarkupLineInterpolated($"[bold]{Wording.Count(plans.Records, "record", "records")}{people}[/] in {where} of {plans.BlockCount} ({plans.Selection})");
        var table = TableStyle.Create("method", "samples", "speed-up", "time", "written", "guarantee");
        table.AddColumn(new TableColumn("[bold]remark[/]"));
        foreach (var plan in plans.Plans)
        {
            if (plan.Refusal is not null)
            {
                table.AddRow(new Text(plan.Method), new Text("–"), new Text("–"), new Text("–"), new Text("–"), new Text("–"), new Text("cannot: " + plan.Refusal));
                continue;
            }

            double? ratio = plan.Estimate.Samples == 0 ? double.PositiveInfinity : (double?)plans.Retraining?.Samples / plan.Estimate.Samples;
            string blocks = plan is { FirstBlock: { } first, LastBlock: { } last } ? first == last ? $"block {first}" : $"blocks {first}–{last}" : "";
            table.AddRow(
                new Text(plan.Method),
                new Text(plan.Estimate.Samples.ToString("#,0", CultureInfo.InvariantCulture)),
                new Text(ratio is { } times ? Wording.Times(times) : "–"),
                new Text(plan.Estimate.Seconds is { } seconds ? Wording.Seconds(seconds) : "unknown"),
                new Text(Wording.Bytes(plan.Estimate.BytesWritten)),
                new Text(plan.Guarantee.ToString().ToLowerInvariant()),
                new Text(blocks));
        }

        console.Write(table);
        if (plans.Retraining is null)
        {
            console.MarkupLine("[grey]How the model was trained is unknown, and so is what retraining would take.[/]");
            return;
        }

        string time = plans.Retraining.Seconds is { } whole ? $", {Wording.Seconds(whole)}" : "";
        foreach (string note in plans.Notes)
            console.WriteLine("Note: " + note);
        console.MarkupLineInterpolated($"[grey]Retraining from scratch: {Wording.Count(plans.Retraining.Samples, "sample", "samples")}{time}. The speed-up is in samples beside that; times are estimates from this run's own training.[/]");
    }
}
