using CsvHelper;
using Lethe.Core.Errors;

namespace Lethe.Training.Datasets;

/// <summary>The rows of a CSV file (also .gz, also the only file of a tar), trimmed, all of the same length; empty lines are skipped.</summary>
internal static class CsvRows
{
    /// <summary>A longer row means a quote that is never closed.</summary>
    private const int MaxRowBytes = 16 << 20;

    public static List<string[]> Read(string path, char separator)
    {
        var options = new CsvReaderOptions
        {
            Separator = separator,
            HasHeader = false,
            TrimWhitespace = true,
            TrimInsideQuotes = true,
            MalformedData = CsvMalformedDataHandling.Throw,
            MaxRecordSize = MaxRowBytes,
            PoolStrings = true,
        };
        using CsvReader reader = CsvReader.Create(TarFile.OnlyFile(InputFile.ReadAll(path), path), options);
        var rows = new List<string[]>();
        try
        {
            while (reader.Read())
            {
                var row = new string[reader.FieldCount];
                for (int i = 0; i < row.Length; i++) row[i] = reader.GetString(i);
                if (rows.Count > 0 && row.Length != rows[0].Length)
                    throw new BadDataException($"{path}, row {rows.Count + 1}: has {row.Length} fields where the first row has {rows[0].Length}. Every row needs the same columns (quote fields that contain the separator).");
                rows.Add(row);
            }
        }
        catch (CsvFormatException error)
        {
            throw new BadDataException($"{path}, row {rows.Count + 1}: cannot be read as CSV ({error.Message.TrimEnd('.', ' ')}). Quote fields that hold quotes or separators, and double the quotes.", error);
        }
        return rows;
    }
}
