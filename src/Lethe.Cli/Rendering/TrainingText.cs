using Lethe.Cli.CommandLine;
using Lethe.Reports;
using Lethe.Training.Runs;
using Lethe.Training.Training;
using Spectre.Console;

namespace Lethe.Cli.Rendering;

/// <summary>Prints the configuration and the outcome of training.</summary>
internal static class TrainingText
{
    public static void PrintSetting(Screen screen, IReadOnlyList<Fact> facts)
    {
        if (screen.Talks)
            TableStyle.Facts(screen.Error, facts);
    }

    private static Fact Canaries(PlantedCanaries canaries) => new("canaries",
        $"planted for {(canaries.People is { } people ? Wording.Count(people, "person", "people") : "some people")}; registry: {canaries.Registry} (keep it: without it the training data cannot be made again)");

    public static void Print(IAnsiConsole console, TrainingSummary summary)
    {
        string run = Continuation.Quote(summary.Run);
        string record = summary.FirstRecord.ToString(System.Globalization.CultureInfo.InvariantCulture);
        console.MarkupLineInterpolated($"[bold green]Trained[/] {Wording.Count(summary.Samples, "sample", "samples")} in {Duration(summary)}.");
        TableStyle.Facts(console,
        [
            new Fact("test accuracy", summary.TestAccuracy is { } accuracy ? Wording.Percent(accuracy) : "unknown: no test data (name some with --test SOURCE, or hold out a part with --hold-out)"),
            new Fact("final digest", summary.Digest.ToString()),
            new Fact("run", $"{summary.Run} ({Wording.Bytes(summary.BytesOnDisk)})"),
            .. summary.Canaries is { } canaries ? [Canaries(canaries)] : Array.Empty<Fact>(),
        ]);
        console.WriteLine();
        console.WriteLine("Next:");
        console.WriteLine($"  lethe plan {run} --records {record}          what forgetting record {record} would take");
        string method = summary.Scheme == TrainingScheme.Plain ? " --method retrain" : "";
        console.WriteLine($"  lethe forget {run} --records {record}{method}        make a model without it, which waits");
        console.WriteLine($"  lethe verify {run} --promote          compare with models that never saw it; serve the new model if COMPLETE");
    }

    private static string Duration(TrainingSummary summary) => summary.Processes == 1
        ? Wording.Seconds(summary.Seconds)
        : $"{Wording.Seconds(summary.Elapsed)} ({Wording.Seconds(summary.Seconds)} of work, {summary.Processes} processes)";
}
