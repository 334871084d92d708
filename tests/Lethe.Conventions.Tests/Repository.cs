using System.Reflection;
using System.Xml.Linq;

namespace Lethe.Conventions.Tests;

/// <summary>The checkout the tests were built from: its files, projects and built assemblies.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The projects that others may reference as libraries, in the order of the layers.</summary>
    public static IReadOnlyList<string> Libraries { get; } =
        ["Lethe.Core", "Lethe.Torch", "Lethe.Training", "Lethe.Methods", "Lethe.Verification", "Lethe"];

    public static TheoryData<string> LibraryData => [.. Libraries];

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    public static string Read(params string[] parts) => File.ReadAllText(PathOf(parts));

    /// <summary>Every C# file below a folder of the checkout, as paths relative to the root.</summary>
    public static IReadOnlyList<string> Files(string folder, string pattern)
    {
        var directory = PathOf(folder);
        return Directory.Exists(directory)
            ? [.. Directory.EnumerateFiles(directory, pattern, SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Root, file)).Order(StringComparer.Ordinal)]
            : [];
    }

    /// <summary>Names of our projects that a project references directly.</summary>
    public static IReadOnlySet<string> ProjectReferences(string project)
    {
        var folder = project == "Lethe.Bench" ? "bench" : "src";
        var document = XDocument.Load(PathOf(folder, project, project + ".csproj"));
        return document.Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value))
            .ToHashSet();
    }

    /// <summary>A built assembly from the folder of the test program.</summary>
    public static Assembly Load(string name) => Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, AssemblyOf(name) + ".dll"));

    /// <summary>Programs that are started by themselves have the name that users type.</summary>
    private static string AssemblyOf(string project) => project == "Lethe.Evidence" ? "lethe-evidence" : project;

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Lethe.slnx")))
            {
                return directory.FullName;
            }
        }

        throw new InvalidOperationException($"No Lethe.slnx above {AppContext.BaseDirectory}: run the tests from a checkout.");
    }
}
