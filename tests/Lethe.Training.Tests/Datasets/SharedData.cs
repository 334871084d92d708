namespace Lethe.Training.Tests.Datasets;

/// <summary>Finds the optional real data sets: in LETHE_DATA, or in a folder shared/data beside the checkout or above it.</summary>
internal static class SharedData
{
    /// <returns>The path of a file or folder of the data; skips the test where it is missing.</returns>
    public static string PathOf(string name)
    {
        foreach (string root in Roots())
        {
            string path = Path.Combine(root, name);
            if (File.Exists(path) || Directory.Exists(path)) return path;
        }
        Assert.Skip($"data set {name} is missing: set LETHE_DATA to the folder that holds it");
        return name;
    }

    private static IEnumerable<string> Roots()
    {
        if (Environment.GetEnvironmentVariable("LETHE_DATA") is { Length: > 0 } given) yield return given;
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            yield return Path.Combine(folder.FullName, "shared", "data");
    }
}
