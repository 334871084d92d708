using System.CommandLine;
using System.Reflection;

namespace Lethe.Conventions.Tests;

/// <summary>What the documents tell people to type works, and where they point there is something.</summary>
public class DocumentationTests
{
    [Fact]
    public void EveryCommandIsUnderstoodByTheProgram()
    {
        var commands = DocumentationFiles.All.SelectMany(file => DocumentationFiles.Commands(file).Select(command => (file, command))).ToList();
        Assert.True(commands.Count >= 10, $"only {commands.Count} commands were found in the documents");
        var root = CreateRoot();
        Violations.None(commands.SelectMany(found => root.Parse(found.command.Arguments).Errors
            .Select(error => $"{found.file}: {found.command.Line}: {error.Message}")));
    }

    [Fact]
    public void EveryCommandIsDocumented()
    {
        var readme = Repository.Read("README.md");
        Violations.None(CreateRoot().Subcommands.Where(command => !command.Hidden)
            .Where(command => !readme.Contains("lethe " + command.Name, StringComparison.Ordinal)
                && !Repository.Read("CONTRIBUTING.md").Contains("lethe " + command.Name, StringComparison.Ordinal))
            .Select(command => $"lethe {command.Name} is in neither README.md nor CONTRIBUTING.md"));
    }

    [Fact]
    public void LinksLeadSomewhere() =>
        Violations.None(DocumentationFiles.All.SelectMany(file => DocumentationFiles.LocalLinks(file)
            .Where(target => !Path.Exists(Path.Combine(Path.GetDirectoryName(Repository.PathOf(file))!, target)))
            .Select(target => $"{file}: {target} is not there")));

    /// <summary>The C# blocks of the documents are parts of a file that the compiler has seen.</summary>
    [Fact]
    public void EveryProgramIsCompiled()
    {
        var compiled = Normalise(Repository.Read("tests", "Lethe.Conventions.Tests", "LibraryExample.cs"));
        var blocks = DocumentationFiles.All.SelectMany(file => DocumentationFiles.Blocks(file, "csharp").Select(code => (file, code))).ToList();
        Assert.NotEmpty(blocks);
        Violations.None(blocks.Where(block => !compiled.Contains(Normalise(block.code), StringComparison.Ordinal))
            .Select(block => $"{block.file}: this is not in LibraryExample.cs:\n{block.code}"));
    }

    private static string Normalise(string code) =>
        string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    private static RootCommand CreateRoot() =>
        (RootCommand)Repository.Load("Lethe.Cli").GetType("Lethe.Cli.CommandLine.CommandTree", throwOnError: true)!
            .GetMethod("Create", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!.Invoke(null, null)!;
}
