namespace Lethe.Core.Store;

/// <summary>Tells whether a path lies in a folder that is copied and handed out as a whole: a run directory or a certificate.</summary>
internal static class EnclosingFolder
{
    /// <summary>The run directory that a path lies in, also by way of a link; null: none.</summary>
    public static string? RunOf(string path) => Find(path, folder => File.Exists(Path.Combine(folder, "run.json")) && File.Exists(Path.Combine(folder, "index.json")));

    /// <summary>The certificate's folder that a path lies in, also by way of a link; null: none.</summary>
    public static string? CertificateOf(string path) => Find(path, folder => File.Exists(Path.Combine(folder, Evidence.CertificateBundle.CertificateFile)));

    private static string? Find(string path, Func<string, bool> isMeant)
    {
        for (var folder = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (isMeant(folder))
                return folder;
            if (Directory.Exists(folder) && Directory.ResolveLinkTarget(folder, returnFinalTarget: true) is { } target && Find(Path.Combine(target.FullName, "."), isMeant) is { } found)
                return found;
        }
        return null;
    }
}
