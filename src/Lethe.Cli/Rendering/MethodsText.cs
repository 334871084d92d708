using System.Globalization;
using Lethe.Methods;
using Lethe.Methods.Options;
using Spectre.Console;

namespace Lethe.Cli.Rendering;

/// <summary>Prints the methods as a table, or one with its options.</summary>
internal static class MethodsText
{
    public static void Print(IAnsiConsole console, IReadOnlyList<MethodDescriptor> methods)
    {
        var table = TableStyle.Create();
        foreach (var heading in new[] { "method", "forgets", "needs", "guarantee", "source" }) table.AddColumn(new TableColumn($"[bold]{heading}[/]"));
        foreach (var method in methods)
        {
            table.AddRow(
                new Text(method.Name), new Text(string.Join(", ", method.GranularityWords)), new Text(string.Join(", ", method.NeedsWords)),
                new Text(Word(method)), new Text(method.Source));
        }
        console.Write(table);
        console.MarkupLine("[grey]The options of one: lethe methods NAME. What each would take for a request: lethe plan RUN SELECTION.[/]");
    }

    public static void Print(IAnsiConsole console, MethodDescriptor method)
    {
        console.MarkupLineInterpolated($"[bold]{method.Name}[/]: {method.Title}");
        console.MarkupLineInterpolated($"  forgets    {string.Join(", ", method.GranularityWords)}");
        console.MarkupLineInterpolated($"  needs      {string.Join(", ", method.NeedsWords)}");
        console.MarkupLineInterpolated($"  guarantee  {Word(method)}");
        console.MarkupLineInterpolated($"  source     {method.Source}");
        if (method.Options.Count == 0) return;
        var table = TableStyle.Create();
        foreach (var heading in new[] { "option", "values", "default", "meaning" }) table.AddColumn(new TableColumn($"[bold]{heading}[/]"));
        foreach (var option in method.Options)
            table.AddRow(new Text("--" + option.Name), new Text(Values(option)), new Text(option.Kind == OptionKind.Flag ? "off" : option.Default ?? ""), new Text(option.Help));
        console.Write(table);
    }

    private static string Word(MethodDescriptor method) => method.Guarantee.ToString().ToLowerInvariant();

    private static string Values(MethodOption option) => option.Kind switch
    {
        OptionKind.Flag => "",
        OptionKind.Word => string.Join(", ", option.Choices),
        OptionKind.Text => "text",
        OptionKind.Whole => "whole number" + Range(option),
        _ => "number" + Range(option),
    };

    private static string Range(MethodOption option)
    {
        var least = double.IsFinite(option.Minimum) ? string.Create(CultureInfo.InvariantCulture, $" {(option.AboveMinimum ? ">" : "≥")} {option.Minimum}") : "";
        var most = double.IsFinite(option.Maximum) && option.Maximum < int.MaxValue ? string.Create(CultureInfo.InvariantCulture, $" ≤ {option.Maximum}") : "";
        return least + most;
    }
}
