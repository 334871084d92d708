namespace Lethe.Training.Datasets;

/// <summary>A short name for a data set, from its file.</summary>
internal static class DataName
{
    private static readonly string[] Suffixes = [".gz", ".tgz", ".tar", ".csv", ".txt", ".npz"];

    public static string Of(string path)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        for (bool again = true; again;)
        {
            again = false;
            foreach (string suffix in Suffixes)
            {
                if (name.Length <= suffix.Length || !name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)) continue;
                name = name[..^suffix.Length];
                again = true;
            }
        }
        return name;
    }
}
