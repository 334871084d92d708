using Lethe.Reports;
using Spectre.Console;

namespace Lethe.Cli.Rendering;

/// <summary>The one look of all tables.</summary>
internal static class TableStyle
{
    public static Table Create(params string[] columns)
    {
        var table = new Table { Border = TableBorder.Rounded }.BorderColor(Color.Grey);
        for (int i = 0; i < columns.Length; i++)
        {
            var column = new TableColumn($"[bold]{Markup.Escape(columns[i])}[/]");
            table.AddColumn(i == 0 ? column : column.RightAligned());
        }

        return table;
    }

    public static void Facts(IAnsiConsole console, IReadOnlyList<Fact> facts)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().Padding(2, 0, 2, 0)).AddColumn();
        foreach (var fact in facts)
            grid.AddRow(new Text(fact.Name, new Style(Color.Grey)), new Text(fact.Value));
        console.Write(grid);
    }

    /// <summary>original, unlearned, gold and noise floor of each measure.</summary>
    public static Table Measures(IReadOnlyList<Comparison> rows, bool gold)
    {
        var table = gold ? Create("measure", "original", "unlearned", "gold", "noise floor") : Create("measure", "before", "after");
        if (gold)
            table.AddColumn(new TableColumn("[bold]good is[/]"));
        foreach (var row in rows)
        {
            string original = Wording.Figure(row.Original, row.Format), unlearned = Wording.Figure(row.Unlearned, row.UnlearnedRange, row.Format);
            if (!gold)
            {
                table.AddRow(new Text(row.Name), new Text(original), new Text(unlearned));
                continue;
            }

            string direction = row.HasPower == false ? $"{row.Direction} (no power)" : row.Direction;
            table.AddRow(new Text(row.Name), new Text(original), new Text(unlearned), new Text(Wording.Figure(row.Gold, row.Format)), new Text(Wording.Figure(row.NoiseFloor, row.Format)), new Text(direction));
        }

        return table;
    }
}
