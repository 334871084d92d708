using System.Globalization;
using Lethe.Core.Plans;
using Lethe.Reports;
using Spectre.Console;

namespace Lethe.Cli.Rendering;

/// <summary>Prints all methods' plans side by side: a table of those that can serve the request, a line for each that cannot.</summary>
internal static class PlanText
{
    private const int PlacesNamed = 4;

    public static void Print(IAnsiConsole console, PlanComparison plans)
    {
        string people = plans.Subjects is { } subjects ? $" of {Wording.Count(subjects, "person", "people")}" : "";
        console.MarkupLineInterpolated($"[bold]{Wording.Count(plans.Records, "record", "records")}{people}[/]{Where(plans)} ({plans.Selection})");
        UnlearningPlan[] serving = [.. plans.Plans.Where(plan => plan.Refusal is null)], refusing = [.. plans.Plans.Where(plan => plan.Refusal is not null)];
        if (serving.Length > 0)
            console.Write(Serving(serving, plans));
        if (refusing.Length > 0)
            Refusing(console, refusing, none: serving.Length == 0);
        foreach (string note in plans.Notes)
            console.WriteLine("Note: " + note);
        if (serving.Length > 0)
            Footnotes(console, serving, plans);
    }

    private static string Where(PlanComparison plans)
    {
        return plans switch
        {
            { Shards: { } shards, ShardCount: { } count } => $" in {Places(shards, "shard")} of {count}",
            { BlockCount: 1 } => "",
            _ => $" in {Places(plans.Blocks, "block")} of {plans.BlockCount}",
        };

        static string Places(IReadOnlyList<int> numbers, string one) => numbers.Count switch
        {
            1 => $"{one} {numbers[0]}",
            <= PlacesNamed => $"{one}s {string.Join(", ", numbers)}",
            _ => $"{numbers.Count} {one}s from {numbers[0]} to {numbers[^1]}",
        };
    }

    private static Table Serving(UnlearningPlan[] serving, PlanComparison plans)
    {
        var table = TableStyle.Create("method", "samples", "speed-up", "time", "written", "guarantee");
        foreach (var plan in serving)
        {
            double? ratio = plan.Estimate.Samples == 0 ? double.PositiveInfinity : plans.Retraining is { } whole ? (double)whole.Samples / plan.Estimate.Samples : null;
            table.AddRow(
                new Text(plan.Method),
                new Text(plan.Estimate.Samples.ToString("#,0", CultureInfo.InvariantCulture)),
                new Text(ratio is { } times ? Wording.Times(times) : "–"),
                new Text(plan.Estimate.Seconds is { } seconds ? Wording.Seconds(seconds) : "unknown"),
                new Text(Wording.Bytes(plan.Estimate.BytesWritten)),
                new Text(Word(plan.Guarantee)));
        }

        return table;
    }

    private static void Refusing(IAnsiConsole console, UnlearningPlan[] refusing, bool none)
    {
        if (none && refusing.DistinctBy(plan => plan.Refusal).Count() == 1)
        {
            console.WriteLine("No method can: " + refusing[0].Refusal);
            return;
        }

        console.MarkupLine(none ? "[bold]No method can:[/]" : "[bold]Cannot:[/]");
        var grid = new Grid().AddColumn(new GridColumn().Padding(2, 0, 2, 0)).AddColumn();
        foreach (var same in refusing.GroupBy(Reason))
            grid.AddRow(new Text(string.Join(", ", same.Select(plan => plan.Method))), new Text(same.Key));

        console.Write(grid);
    }

    private static string Reason(UnlearningPlan plan) =>
        plan.Refusal!.StartsWith(plan.Method + " ", StringComparison.Ordinal) ? plan.Refusal[(plan.Method.Length + 1)..] : plan.Refusal;

    private static void Footnotes(IAnsiConsole console, UnlearningPlan[] serving, PlanComparison plans)
    {
        string from = plans.Retraining is { } whole
            ? $"Retraining from scratch: {Wording.Count(whole.Samples, "sample", "samples")}{(whole.Seconds is { } seconds ? $", {Wording.Seconds(seconds)}" : "")}. The speed-up is in samples beside that."
            : "How the model was trained is unknown, and so is what retraining would take.";
        string earliest = serving.Any(plan => plan.Method == "deep-obliviate") ? "deep-obliviate stands at its earliest stop, " : "";
        string times = serving.Any(plan => plan.Estimate.Seconds is not null) ? $" Times are estimates: samples at the speed of {(plans.Retraining is null ? "a few training steps, timed when the model was imported" : "this run's own training")}." : "";
        console.MarkupLineInterpolated(
            $"[grey]{from} Samples count every record that goes through a network, also forward only; {earliest}methods that may end early stand at the most they take.{times}[/]");
        string usual = serving.Any(plan => plan.Method == plans.DefaultMethod) ? "." : ", which cannot serve this request.";
        console.MarkupLineInterpolated($"[grey]Without --method, lethe forget takes {plans.DefaultMethod}{usual}[/]");
        foreach (var guarantee in serving.Select(plan => plan.Guarantee).Distinct().Order())
            console.MarkupLineInterpolated($"[grey]{Word(guarantee)}: {Meaning(guarantee)}[/]");
    }

    private static string Word(Guarantee guarantee) => guarantee.ToString().ToLowerInvariant();

    private static string Meaning(Guarantee guarantee) => guarantee switch
    {
        Guarantee.Exact => "the model that training without the records gives, bit for bit, given the recorded normalisation and partition, which were taken from all data.",
        Guarantee.Approximate => "close to that model by an argument that is stated and measured.",
        _ => "nothing but measurements speak for it: look at lethe verify.",
    };
}
