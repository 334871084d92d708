using Lethe.Core.Store;
using Lethe.Training.Runs;

namespace Lethe.Operations;

/// <summary>
/// Where a run keeps what its shadow models say. Half of them learned the forgotten records, so that the folder goes with the promotion.
/// </summary>
internal static class ShadowFolder
{
    public const string Name = "shadows";

    public static string Of(string run) => Path.Combine(run, Name);

    /// <summary>Destroys the results of all shadow models and whatever is left of unfinished ones.</summary>
    /// <param name="run">Open for writing.</param>
    /// <returns>How many files there were.</returns>
    public static int Destroy(Run run)
    {
        string folder = Of(run.Directory);
        if (!Directory.Exists(folder))
            return 0;
        string[] files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        foreach (string file in files)
            ErasedFile.Delete(file, run.Erases);
        Directory.Delete(folder, recursive: true);
        return files.Length;
    }
}
