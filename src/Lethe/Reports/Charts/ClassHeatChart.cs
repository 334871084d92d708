namespace Lethe.Reports.Charts;

/// <summary>Accuracy of each class as a heat map: the models, and the judged model's differences from the original and from gold.</summary>
internal static class ClassHeatChart
{
    private const int LongestName = 15;
    private const double Width = 480, Left = 122, Row = 24, Head = 42, Strongest = 0.72, FullDifference = 0.5;

    public static string Draw(IReadOnlyList<ClassRow> rows)
    {
        bool original = rows.Any(row => row.Original is not null), gold = rows.Any(row => row.Gold is not null);
        (string Name, Func<ClassRow, double?> Value, bool IsDifference)[] columns =
        [
            .. original ? [("original", (Func<ClassRow, double?>)(row => row.Original), false)] : Array.Empty<(string, Func<ClassRow, double?>, bool)>(),
            ("unlearned", row => row.Unlearned, false),
            .. gold ? [("gold", (Func<ClassRow, double?>)(row => row.Gold), false)] : Array.Empty<(string, Func<ClassRow, double?>, bool)>(),
            .. original ? [("original", (Func<ClassRow, double?>)(row => row.Unlearned - row.Original), true)] : Array.Empty<(string, Func<ClassRow, double?>, bool)>(),
            .. gold ? [("gold", (Func<ClassRow, double?>)(row => row.Unlearned - row.Gold), true)] : Array.Empty<(string, Func<ClassRow, double?>, bool)>(),
        ];
        var svg = new Svg(Width, Head + rows.Count * Row + 4, "Accuracy on unseen records by class");
        double cell = (Width - Left) / columns.Length;
        for (int column = 0; column < columns.Length; column++)
        {
            if (columns[column].IsDifference)
                svg.Text(Left + (column + 0.5) * cell, 14, "minus", "tick", "middle");
            svg.Text(Left + (column + 0.5) * cell, 31, columns[column].Name, "tick", "middle");
        }

        for (int i = 0; i < rows.Count; i++)
        {
            double top = Head + i * Row;
            svg.Text(Left - 10, top + 17, Shortened(rows[i].Name), rows[i].Forgotten > 0 ? "label strong" : "label", "end");
            for (int column = 0; column < columns.Length; column++)
                Cell(svg, Left + column * cell, top, cell, columns[column].Value(rows[i]), columns[column].IsDifference, $"{rows[i].Name}, {(columns[column].IsDifference ? "unlearned minus " : "")}{columns[column].Name}");
        }

        return svg.ToString();
    }

    private static void Cell(Svg svg, double left, double top, double width, double? value, bool isDifference, string tip)
    {
        if (value is not { } share || !double.IsFinite(share))
        {
            svg.Text(left + width / 2, top + 17, "–", "tick", "middle");
            return;
        }

        double strength = Math.Min(1, isDifference ? Math.Abs(share) / FullDifference : share) * Strongest;
        string print = isDifference
            ? (share * 100).ToString("+0.0;−0.0;0.0", System.Globalization.CultureInfo.InvariantCulture)
            : (share * 100).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture);
        svg.Cell(left + 1, top + 1, width - 2, Row - 2, isDifference && share < 0 ? "forgotten" : "unlearned", strength, $"{tip}: {print} %");
        svg.Text(left + width / 2, top + 17, print, "cell", "middle");
    }

    private static string Shortened(string name) => name.Length <= LongestName ? name : name[..(LongestName - 1)] + "…";
}
