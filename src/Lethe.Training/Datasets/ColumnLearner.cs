using Lethe.Core.Errors;

namespace Lethe.Training.Datasets;

/// <summary>Learns the encoding of CSV columns and applies it. Rows are counted as in the file, from 1, the header included.</summary>
internal sealed class ColumnLearner(string path, IReadOnlyList<string[]> rows, int firstRow)
{
    /// <summary>Numeric when every field is a number; a number column with gaps or NaN is refused rather than taken for text.</summary>
    public ColumnEncoding Learn(string name, int column, bool oneHot)
    {
        int text = 0, numbers = 0, trouble = -1;
        bool binary = true;
        double sum = 0;
        for (int row = firstRow; row < rows.Count; row++)
        {
            CellKind kind = Cell.Parse(rows[row][column], out double value);
            if (kind == CellKind.Text) text++;
            else if (kind == CellKind.Number)
            {
                numbers++;
                sum += value;
                binary &= value is 0 or 1;
            }
            else if (trouble < 0 || rows[row][column].Length == 0) trouble = row;
        }
        if (trouble >= 0 && (text == 0 || rows[trouble][column].Length == 0)) throw Unfit(name, column, trouble);
        if (text > 0 || numbers == 0) return LearnCategories(name, column, oneHot);
        double mean = sum / numbers;
        double squares = 0;
        for (int row = firstRow; row < rows.Count; row++) squares += Math.Pow(Number(name, column, row) - mean, 2);
        double sd = Math.Sqrt(squares / numbers);
        return binary
            ? new ColumnEncoding { Name = name, Kind = ColumnKind.Numeric }
            : new ColumnEncoding { Name = name, Kind = ColumnKind.Numeric, Mean = mean, StandardDeviation = sd > 0 ? sd : 1 };
    }

    public void Encode(ColumnEncoding encoding, int column, Span<float> features, int start, int stride)
    {
        Dictionary<string, int>? categories = encoding.Kind == ColumnKind.Numeric
            ? null
            : encoding.Categories.Select((category, i) => (category, i)).ToDictionary(pair => pair.category, pair => pair.i, StringComparer.Ordinal);
        for (int row = firstRow; row < rows.Count; row++)
        {
            Span<float> sample = features.Slice((row - firstRow) * stride + start, encoding.Features);
            if (categories is null) sample[0] = Standardise(Number(encoding.Name, column, row), encoding);
            else if (!categories.TryGetValue(rows[row][column], out int index)) throw Unknown(encoding, column, row);
            else if (encoding.Kind == ColumnKind.OneHot) sample[index] = 1;
            else sample[0] = Standardise(index, encoding);
            if (!float.IsFinite(sample[0])) throw Unfit(encoding.Name, column, row);
        }
    }

    private static float Standardise(double value, ColumnEncoding encoding) => (float)((value - encoding.Mean) / encoding.StandardDeviation);

    private ColumnEncoding LearnCategories(string name, int column, bool oneHot)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (int row = firstRow; row < rows.Count; row++)
        {
            string field = rows[row][column];
            counts[field] = counts.GetValueOrDefault(field) + 1;
        }
        if (oneHot) return new ColumnEncoding { Name = name, Kind = ColumnKind.OneHot, Categories = [.. counts.Keys] };
        double total = rows.Count - firstRow;
        double mean = counts.Values.Select((count, i) => (double)count * i).Sum() / total;
        double sd = Math.Sqrt(counts.Values.Select((count, i) => count * (i - mean) * (i - mean)).Sum() / total);
        return new ColumnEncoding { Name = name, Kind = ColumnKind.Ordinal, Mean = mean, StandardDeviation = sd > 0 ? sd : 1, Categories = [.. counts.Keys] };
    }

    private double Number(string name, int column, int row) =>
        Cell.Parse(rows[row][column], out double value) == CellKind.Number ? value : throw Unfit(name, column, row);

    private BadDataException Unfit(string name, int column, int row) =>
        new($"{path}, row {row + 1}, column '{name}': {(rows[row][column].Length == 0 ? "the value is missing" : $"'{rows[row][column]}' is not a finite number")}. "
            + $"Fill in the value, remove the row, or leave the column out with drop={name}.");

    private BadDataException Unknown(ColumnEncoding encoding, int column, int row) =>
        new($"{path}, row {row + 1}, column '{encoding.Name}': the category '{rows[row][column]}' does not occur in the training data "
            + $"({string.Join(", ", encoding.Categories.Take(12))}{(encoding.Categories.Count > 12 ? ", …" : "")}). Remove the row, or train on data that have it.");
}
