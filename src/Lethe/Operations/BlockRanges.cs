namespace Lethe.Operations;

/// <summary>Block numbers in words.</summary>
internal static class BlockRanges
{
    /// <summary>"0 to 4, 7, 9 to 12".</summary>
    public static string Text(IEnumerable<int> ascending)
    {
        var ranges = new List<(int From, int To)>();
        foreach (int number in ascending)
        {
            if (ranges.Count > 0 && ranges[^1].To == number - 1) ranges[^1] = (ranges[^1].From, number);
            else ranges.Add((number, number));
        }

        return string.Join(", ", ranges.Select(range => range.From == range.To ? $"{range.From}" : $"{range.From} to {range.To}"));
    }
}
