using System.Globalization;
using Lethe.Reports;
using Lethe.Training.Runs;
using Lethe.Training.Training;
using Spectre.Console;

namespace Lethe.Cli.Rendering;

/// <summary>Prints what a run is and what was found in it.</summary>
internal static class InspectionText
{
    public static void Print(IAnsiConsole console, RunOverview run)
    {
        console.MarkupLineInterpolated($"[bold]{run.Run}[/]: {run.Status}, {run.Reached}, {Wording.Count(run.Forgotten, "record", "records")} forgotten");
        var facts = new List<Fact>(run.Setting)
        {
            new("served model", Served(run)),
            new("disk", $"{Wording.Bytes(run.BytesOnDisk)} (one model: {Wording.Bytes(run.BytesOfModel)})"),
            new("generation", run.Generation.ToString(CultureInfo.InvariantCulture)),
        };
        if (run.Scheme == TrainingScheme.DeepObliviate)
            facts.Insert(facts.Count - 2, new Fact("noise floor", run.NoiseFloor is { } floor ? $"{Wording.Number(floor.Least)} to {Wording.Number(floor.Greatest)}" : "not measured"));
        TableStyle.Facts(console, facts);
        if (run.History.Count > 0)
            console.Write(History(run.History));
        if (run.Requests.Count > 0)
            console.Write(Requests(run.Requests));
        if (run.Residue is { } residue)
            PrintResidue(console, residue);
    }

    private static string Served(RunOverview run)
    {
        string model = run.Model?.ToString() ?? "not trained to the end";
        return run.Requests.FirstOrDefault(request => request.State == RequestState.Candidate) is { } waiting ? $"{model} (before {waiting.Request}, whose new model waits)" : model;
    }

    private static Table History(IReadOnlyList<ServedRequest> history)
    {
        var table = TableStyle.Create("request", "promoted", "method", "guarantee", "records", "samples", "time", "because");
        foreach (var entry in history)
        {
            table.AddRow(
                new Text(entry.Request),
                new Text(entry.At.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)),
                new Text(entry.Method),
                new Text(entry.Guarantee.ToString().ToLowerInvariant()),
                new Text(Wording.Whole(entry.Records)),
                new Text(Wording.Whole(entry.Cost.Samples)),
                new Text(Wording.Seconds(entry.Cost.Seconds)),
                new Text(Because(entry.Promotion)));
        }

        return table;
    }

    private static string Because(PromotionRecord? promotion) => promotion switch
    {
        null => "–",
        { Verdict: { } verdict } when !promotion.Why.StartsWith(Word(verdict), StringComparison.Ordinal) => $"{Said(promotion)} (verdict {Word(verdict)})",
        _ => Said(promotion),
    };

    private static string Said(PromotionRecord promotion) => promotion.By is { } person ? $"{person}: {promotion.Why}" : promotion.Why;

    private static string Word(Core.Verdicts.VerdictKind verdict) => verdict.ToString().ToUpperInvariant();

    private static Table Requests(IReadOnlyList<RequestStanding> requests)
    {
        var table = TableStyle.Create("request", "state", "since", "records", "remark");
        foreach (var request in requests)
        {
            table.AddRow(
                new Text(request.Request),
                new Text(request.State.ToString().ToLowerInvariant()),
                new Text(request.At.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)),
                new Text(Wording.Whole(request.Records)),
                new Text(request.Remark));
        }

        return table;
    }

    private static void PrintResidue(IAnsiConsole console, ResidueReport residue)
    {
        string scope = $"{Wording.Count(residue.Files, "file", "files")} ({Wording.Bytes(residue.Bytes)}), searched for models that knew the records and for the raw bytes of {Wording.Count(residue.RecordsSearched, "record", "records")}";
        if (residue.Found.Count == 0)
            console.MarkupLineInterpolated($"[bold green]No residue[/] found in {scope}.");
        else
            console.MarkupLineInterpolated($"[bold red]Residue found[/] in {scope}:");
        foreach (string found in residue.Found)
            console.WriteLine("  " + found);
        foreach (string kept in residue.Kept)
            console.MarkupLineInterpolated($"[grey]kept: {kept}[/]");
        foreach (string gap in residue.NotChecked)
            console.MarkupLineInterpolated($"[grey]not checked: {gap}[/]");
    }
}
