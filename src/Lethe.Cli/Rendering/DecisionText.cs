using Lethe.Cli.CommandLine;
using Lethe.Reports;
using Spectre.Console;

namespace Lethe.Cli.Rendering;

/// <summary>Prints what was decided on a request.</summary>
internal static class DecisionText
{
    public static void Print(IAnsiConsole console, PromotionSummary summary)
    {
        console.MarkupLineInterpolated($"[bold green]{summary.Request} is promoted[/]: the model without its {Wording.Count(summary.Records, "record", "records")} is served.");
        TableStyle.Facts(console,
        [
            new Fact("allowed by", summary.Promotion.By is { } by ? $"{by}: {summary.Promotion.Why}" : summary.Promotion.Why),
            new Fact("model before", summary.Before + " (destroyed)"),
            new Fact("model served", summary.After.ToString()),
            new Fact("destroyed", $"{Wording.Count(summary.ObjectsDestroyed, "stored object", "stored objects")}, {Wording.Count(summary.GoldModelsDestroyed, "gold model", "gold models")}"),
            new Fact("report", summary.Report),
        ]);
        console.WriteLine();
        console.WriteLine($"Next: lethe inspect {Continuation.Quote(summary.Run)} --residue");
    }

    public static void Print(IAnsiConsole console, WithdrawalSummary summary)
    {
        console.MarkupLineInterpolated($"[bold]{summary.Request} is withdrawn[/]: its {Wording.Count(summary.Records, "record is", "records are")} not forgotten, and the served model is as it was.");
        console.WriteLine($"{Wording.Count(summary.ObjectsDestroyed, "stored object", "stored objects")} of the request destroyed.");
    }
}
