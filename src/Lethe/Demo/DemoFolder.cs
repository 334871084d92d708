using Lethe.Core.Errors;
using Lethe.Core.Store;

namespace Lethe.Demo;

/// <summary>The demo's output directory: marked as such, so that only an earlier demo's output is ever replaced.</summary>
internal static class DemoFolder
{
    private const string Marker = "lethe-demo.txt";
    private const string MarkerText = "Output of `lethe demo`. The next demo into this directory replaces it.\n";
    private static readonly string[] Ours = [Marker, "report.html", "report.json", "run"];

    /// <summary>Checks that the directory may be used; changes nothing.</summary>
    /// <exception cref="BadDataException">It holds something that no demo made.</exception>
    public static void Require(string directory)
    {
        if (File.Exists(directory))
            throw new BadDataException($"{directory} is a file. Give the demo another directory with --out.");
        if (!Directory.Exists(directory) || !Directory.EnumerateFileSystemEntries(directory).Any())
            return;
        string? foreign = Directory.EnumerateFileSystemEntries(directory).Select(Path.GetFileName).FirstOrDefault(name => !Ours.Contains(name));
        if (foreign is not null || !File.Exists(Path.Combine(directory, Marker)))
            throw new BadDataException($"{directory} holds something that no demo made{(foreign is null ? "" : $" ('{foreign}')")}. Give the demo another directory with --out.");
    }

    /// <summary>Empties the directory of an earlier demo and marks it.</summary>
    /// <returns>Where the run goes.</returns>
    public static string Prepare(string directory)
    {
        Directory.CreateDirectory(directory);
        AtomicFile.WriteAllText(Path.Combine(directory, Marker), MarkerText);
        string run = Path.Combine(directory, "run");
        if (Directory.Exists(run))
            Directory.Delete(run, recursive: true);
        foreach (string name in Ours.Where(name => name.StartsWith("report", StringComparison.Ordinal)))
            File.Delete(Path.Combine(directory, name));
        return run;
    }
}
