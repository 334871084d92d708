using Lethe.Reports;
using Lethe.Training.Datasets;
using Spectre.Console;

namespace Lethe.Cli.Rendering;

/// <summary>Prints what a data source holds.</summary>
internal static class DataText
{
    private const int ClassesShown = 40;

    public static void Print(IAnsiConsole console, DataDescription data)
    {
        console.MarkupLineInterpolated($"[bold]{data.Name}[/]: {Wording.Count(data.Records, "record", "records")} of shape {string.Join('×', data.SampleShape)}");
        var facts = new List<Fact>();
        if (data.Subjects is { } subjects)
            facts.Add(new Fact("people", FormattableString.Invariant($"{subjects.Count:#,0} with {(subjects.Fewest == subjects.Most ? $"{subjects.Fewest}" : FormattableString.Invariant($"{subjects.Fewest} to {subjects.Most}"))} records each (median {subjects.Median:0.#}); for example {string.Join(", ", subjects.Examples)}")));
        else
            facts.Add(new Fact("people", "not named by this source (--subjects FILE or --writers FILE can add them)"));
        facts.Add(new Fact("columns", string.Join(", ", data.Columns)));
        if (data.Features is { } features)
            facts.Add(new Fact("features", string.Join(", ", features.Select(Feature))));
        facts.Add(new Fact("test data", data.Test ?? "none that goes with this source"));
        facts.Add(new Fact("digest", data.Digest.ToString()));
        TableStyle.Facts(console, facts);
        var table = TableStyle.Create("class", "name", "records");
        foreach (var item in data.Classes.Take(ClassesShown))
            table.AddRow(new Text(item.Index.ToString(System.Globalization.CultureInfo.InvariantCulture)), new Text(item.Name), new Text(item.Records.ToString("#,0", System.Globalization.CultureInfo.InvariantCulture)));
        if (data.Classes.Count > ClassesShown)
            table.AddRow("…", $"{data.Classes.Count - ClassesShown} more", "");
        console.Write(table);
    }

    private static string Feature(ColumnEncoding column) => column.Kind switch
    {
        ColumnKind.OneHot => $"{column.Name} ({Wording.Count(column.Categories.Count, "category", "categories")})",
        ColumnKind.Ordinal => $"{column.Name} ({Wording.Count(column.Categories.Count, "category", "categories")} as one number)",
        _ when column is { Mean: 0, StandardDeviation: 1 } => $"{column.Name} (as it is)",
        _ => FormattableString.Invariant($"{column.Name} (mean {column.Mean:0.###}, deviation {column.StandardDeviation:0.###})"),
    };
}
