using System.Globalization;
using Lethe.Core.Numerics;
using Lethe.Core.Verdicts;
using Lethe.Reports;
using Spectre.Console;

namespace Lethe.Cli.Rendering;

/// <summary>Prints a verdict: the word, the reasons, and the tests.</summary>
internal static class VerdictText
{
    public static void Print(IAnsiConsole console, Verdict verdict)
    {
        var color = verdict.Kind switch { VerdictKind.Complete => Color.Green, VerdictKind.Incomplete => Color.Red, _ => Color.Yellow };
        console.Write(new Panel(new Text(verdict.Kind.ToString().ToUpperInvariant(), new Style(color, decoration: Decoration.Bold))) { Border = BoxBorder.Heavy, BorderStyle = new Style(color), Padding = new Padding(3, 0) });
        foreach (string reason in verdict.Reasons)
            console.WriteLine(reason);
        console.Write(Tests(verdict));
    }

    private static Table Tests(Verdict verdict)
    {
        var table = TableStyle.Create("test", "original", "unlearned", "gold", "gold's range", "power", "outcome");
        foreach (var test in verdict.Tests.Concat(verdict.Retests))
        {
            table.AddRow(
                new Text(test.Name),
                new Text(test.Original is { } original ? Wording.Number(original) : "–"),
                new Text(Wording.Number(test.Candidate)),
                new Text(Gold([.. test.Golds])),
                new Text(Wording.Range(test, FigureFormat.Number)),
                new Text(test.Power is { } power ? power.ToString(power >= 0.995 ? "0 %" : "0.# %", CultureInfo.InvariantCulture) : "unknown"),
                new Text(test.Outcome switch { TestOutcome.Within => "within", TestOutcome.Outside => "OUTSIDE", _ => "abstains" }));
        }

        return table;
    }

    private static string Gold(double[] golds) => golds.Length == 0
        ? "–"
        : Wording.Figure(new Spread(Statistics.Mean(golds), golds.Length < 2 ? null : Statistics.StandardDeviation(golds), golds.Length), FigureFormat.Number);
}
