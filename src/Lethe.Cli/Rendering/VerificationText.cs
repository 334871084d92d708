using Lethe.Reports;
using Spectre.Console;

namespace Lethe.Cli.Rendering;

/// <summary>Prints the run's model beside gold.</summary>
internal static class VerificationText
{
    public static void Print(IAnsiConsole console, VerificationSummary summary)
    {
        console.MarkupLineInterpolated($"[bold]{summary.Run}[/]: {Wording.Count(summary.Forgotten, "record", "records")} forgotten, compared with {Wording.Count(summary.GoldSeeds.Count, "gold model", "gold models")} ({summary.GoldFromCache} from the cache)");
        console.Write(TableStyle.Measures(summary.Measures, gold: true));
        if (summary.Costs.Count > 0)
            console.Write(ForgettingText.Costs(summary.Costs));
        if (summary.Measures.Any(row => row.HasPower == false))
            console.WriteLine("no power: by this measure the original could not be told from gold either, so it says nothing about the forgetting.");
        foreach (string remark in summary.Remarks)
            console.WriteLine(remark);
    }
}
