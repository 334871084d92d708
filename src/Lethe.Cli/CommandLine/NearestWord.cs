namespace Lethe.Cli.CommandLine;

/// <summary>Finds the word that somebody may have meant.</summary>
internal static class NearestWord
{
    private const int Farthest = 3;

    /// <summary>The known word with the least edits between; null where none is near.</summary>
    public static string? To(string word, IEnumerable<string> known) =>
        known.Select(name => (Name: name, Distance: Distance(word, name)))
            .Where(candidate => candidate.Distance <= Math.Min(Farthest, candidate.Name.Length / 2))
            .OrderBy(candidate => candidate.Distance).ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name).FirstOrDefault();

    /// <summary>Levenshtein's distance: insertions, deletions and substitutions.</summary>
    internal static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int change = left[i - 1] == right[j - 1] ? diagonal : diagonal + 1;
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
