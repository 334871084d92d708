using System.Globalization;
using Lethe.Core.Errors;

namespace Lethe.Operations;

/// <summary>Splits the texts of a selection: lists with commas, or a file with one entry a line.</summary>
internal static class SelectionText
{
    public static IReadOnlyList<string> Items(string text, string option)
    {
        if (!text.StartsWith('@'))
            return text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string path = text[1..];
        if (!File.Exists(path))
            throw new BadDataException($"--{option} {text}: there is no file {path}. Check the path (relative paths start at {Environment.CurrentDirectory}).");
        try
        {
            return [.. File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadDataException($"--{option} {text}: the file cannot be read. {exception.Message}", exception);
        }
    }

    /// <summary>Record numbers of <c>17,23,40-50</c>, as ranges.</summary>
    /// <param name="text">The text, or @FILE.</param>
    /// <param name="count">How many records there are.</param>
    public static IEnumerable<(int First, int Last)> Ranges(string text, int count)
    {
        foreach (string item in Items(text, "records"))
        {
            int dash = item.IndexOf('-', 1);
            int first = Number(dash < 0 ? item : item[..dash], item, count);
            int last = dash < 0 ? first : Number(item[(dash + 1)..], item, count);
            if (last < first)
                throw new BadDataException($"--records {item}: the range ends before it begins.");
            yield return (first, last);
        }
    }

    private static int Number(string text, string item, int count)
    {
        if (!long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
            throw new UsageException($"--records {item}: '{text}' is no record number. Give numbers and ranges such as 17,23,40-50.");
        return number >= 0 && number < count
            ? (int)number
            : throw new BadDataException($"Record {number} does not exist: the records are 0 to {count - 1}.");
    }
}
