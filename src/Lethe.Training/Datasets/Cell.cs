using System.Globalization;

namespace Lethe.Training.Datasets;

/// <summary>What a CSV field holds.</summary>
internal enum CellKind
{
    Number,
    NotFinite,
    Missing,
    Text,
}

/// <summary>Tells numbers, NaN, gaps and text apart, always in the invariant culture.</summary>
internal static class Cell
{
    private static readonly HashSet<string> Gaps = new(StringComparer.OrdinalIgnoreCase) { "", "?", "NA", "N/A", "null", "none" };
    private static readonly HashSet<string> NotFinites = new(StringComparer.OrdinalIgnoreCase) { "nan", "-nan", "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity" };

    public static CellKind Parse(string field, out double value)
    {
        if (double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
            return double.IsFinite(value) ? CellKind.Number : CellKind.NotFinite;
        if (NotFinites.Contains(field)) return CellKind.NotFinite;
        return Gaps.Contains(field) ? CellKind.Missing : CellKind.Text;
    }
}
