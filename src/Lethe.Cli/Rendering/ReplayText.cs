using System.Globalization;
using Lethe.Core.Records;
using Lethe.Core.Steps;
using Lethe.Reports;
using Spectre.Console;

namespace Lethe.Cli.Rendering;

/// <summary>Prints which steps were executed again and whether they gave the same bits.</summary>
internal static class ReplayText
{
    private const int RowsShown = 30;

    public static void Print(IAnsiConsole console, ReplaySummary summary)
    {
        var replay = summary.Replay;
        int equal = replay.Steps.Count(step => step.Equal);
        string count = $"{Wording.Whole(equal)} of {Wording.Count(replay.Steps.Count, "executed step", "executed steps")} gave the same bits";
        if (replay.Equal)
            console.MarkupLineInterpolated($"[bold green]Equal:[/] {count}.");
        else
            console.MarkupLineInterpolated($"[bold red]Not equal:[/] {count}.");
        foreach (string problem in replay.Problems)
            console.MarkupLineInterpolated($"[bold red]Problem:[/] {problem}");
        console.Write(Steps(replay.Steps));
        if (replay.Steps.Count > RowsShown)
            console.WriteLine($"… and {Wording.Whole(replay.Steps.Count - RowsShown)} more, all in the report.");
        foreach (var step in replay.Steps.Where(step => step.Problem is not null).Take(RowsShown))
            console.MarkupLineInterpolated($"[bold red]Step {step.Block}:[/] {step.Problem}");
        TableStyle.Facts(console, Facts(summary));
        foreach (string sentence in replay.Proves)
            console.MarkupLineInterpolated($"[green]proves:[/] {sentence}");
        foreach (string sentence in replay.DoesNotProve)
            console.MarkupLineInterpolated($"[grey]limit: {sentence}[/]");
    }

    private static List<Fact> Facts(ReplaySummary summary)
    {
        var replay = summary.Replay;
        string share = replay.AvailableSamples == 0 ? "" : $" of {Wording.Whole(replay.AvailableSamples)} ({Wording.Percent((double)replay.Samples / replay.AvailableSamples)})";
        var facts = new List<Fact>
        {
            new("steps", $"{Wording.Whole(replay.Steps.Count)} of {Wording.Whole(replay.Available)} that can be executed again"),
            new("samples", $"{Wording.Whole(replay.Samples)}{share} in {Wording.Seconds(replay.Steps.Sum(step => step.Seconds))}"),
            new("data", $"{replay.Data.Short}, read and digested anew"),
            new("forgotten", $"{Wording.Count(replay.Forgotten, "record", "records")}, blanked"),
            new("report", summary.Kept is { } kept ? $"not stored: {summary.Report} holds a stronger one ({(kept.Equal ? "equal" : "not equal")}, {Wording.Count(kept.Steps, "step", "steps")}, {kept.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC)" : summary.Report + Earlier(summary.EarlierUnequal)),
        };
        if (replay.Key is { } key)
            facts.Insert(1, new Fact("chosen by key", string.Create(CultureInfo.InvariantCulture, $"{key} (share {replay.Share})")));
        return facts;
    }

    private static string Earlier(int steps) => steps == 0 ? "" : $" (with {Wording.Count(steps, "step", "steps")} that differed in an earlier replay and {(steps == 1 ? "was" : "were")} not executed again)";

    /// <summary>Steps that differ come first.</summary>
    private static Table Steps(IReadOnlyList<ReplayedStep> steps)
    {
        var table = TableStyle.Create("step", "expected", "got", "equal", "records read", "empty slots", "samples", "time");
        foreach (var step in steps.OrderBy(step => step.Equal).ThenBy(step => step.Block).Take(RowsShown))
        {
            table.AddRow(
                new Text(step.Block == 0 ? "0 (initial)" : step.Block.ToString(CultureInfo.InvariantCulture)),
                new Text(step.Expected.Short),
                new Text(Short(step.Got)),
                new Text(step.Equal ? "yes" : step.Problem is null ? "no" : "see below"),
                new Text(Wording.Whole(step.Records)),
                new Text(Wording.Whole(step.EmptySlots)),
                new Text(Wording.Whole(step.Samples)),
                new Text(Wording.Seconds(step.Seconds)));
        }

        return table;
    }

    private static string Short(Digest? digest) => digest?.Short ?? "nothing";
}
