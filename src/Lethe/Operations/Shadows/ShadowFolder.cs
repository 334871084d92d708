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

    /// <summary>Destroys the unfinished runs of shadow models where no candidate waits: nobody goes on with them, and they may know forgotten records.</summary>
    /// <param name="run">Open for writing.</param>
    public static void DestroyAbandoned(Run run)
    {
        if (HasAbandoned(run))
            Destroy(Path.Combine(Of(run.Directory), ShadowStore.WorkName), run.Erases);
    }

    /// <summary>Whether <see cref="DestroyAbandoned"/> has something to do.</summary>
    public static bool HasAbandoned(Run run) => Directory.Exists(Path.Combine(Of(run.Directory), ShadowStore.WorkName)) && HeldCandidate.Open(run) is null;

    /// <summary>Destroys the results of all shadow models and whatever is left of unfinished ones.</summary>
    /// <param name="run">Open for writing.</param>
    /// <returns>How many files there were.</returns>
    public static int Destroy(Run run) => Destroy(Of(run.Directory), run.Erases);

    private static int Destroy(string folder, bool overwrite)
    {
        if (!Directory.Exists(folder))
            return 0;
        string[] files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        foreach (string file in files)
            ErasedFile.Delete(file, overwrite);
        Directory.Delete(folder, recursive: true);
        return files.Length;
    }
}
