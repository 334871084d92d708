using Lethe.Cli.CommandLine;
using Lethe.Reports;
using Spectre.Console;

namespace Lethe.Cli.Rendering;

/// <summary>Prints what was imported.</summary>
internal static class ImportText
{
    public static void Print(IAnsiConsole console, ImportSummary summary)
    {
        string run = Continuation.Quote(summary.Run);
        console.MarkupLineInterpolated($"[bold green]Imported[/] a model of {Wording.Count(summary.Parameters, "parameter", "parameters")}.");
        TableStyle.Facts(console,
        [
            .. summary.Setting,
            new Fact("training accuracy", $"{Wording.Percent(summary.TrainingAccuracy)} of {Wording.Count(summary.TrainingRecords, "record", "records")}"),
            new Fact("test accuracy", summary.TestAccuracy is { } accuracy ? Wording.Percent(accuracy) : "unknown: no test data (name some with --test SOURCE)"),
            new Fact("digest", summary.Digest.ToString()),
            new Fact("run", summary.Run),
        ]);
        if (summary.Assumed.Count > 0)
            console.MarkupLineInterpolated($"[bold]Note:[/] Nobody gave {string.Join(", ", summary.Assumed)}, so that methods train with Lethe's defaults ({summary.Steps}; some with a tenth of the rate), not with what the model was trained by. Where you know that, delete the run and import again with it, or set the method's own options.");
        foreach (string warning in summary.Warnings)
            console.MarkupLineInterpolated($"[bold yellow]Warning:[/] {warning}");
        console.WriteLine();
        console.WriteLine("Next:");
        console.WriteLine($"  lethe plan {run} --records 0                                  which methods can forget record 0");
        console.WriteLine($"  lethe forget {run} --records 0 --method fine-tune --serve     forget it, and serve the new model");
        console.WriteLine($"  lethe export {run} --format torchscript --out forgot.pt       the model as PyTorch loads it");
    }
}
