using System.Text.RegularExpressions;

namespace Lethe.Conventions.Tests;

/// <summary>Size and hygiene of the source files.</summary>
public partial class SourceFileTests
{
    private const int LineBudget = 400;

    private static IEnumerable<string> Sources =>
        new[] { "*.cs", "*.cpp", "*.h" }.SelectMany(pattern =>
            Repository.Files("src", pattern).Concat(Repository.Files("native", pattern)).Concat(Repository.Files("bench", pattern)));

    [Fact]
    public void FilesStayWithinTheLineBudget() =>
        Violations.None(Sources.Select(file => (file, lines: File.ReadLines(Repository.PathOf(file)).Count()))
            .Where(pair => pair.lines > LineBudget)
            .Select(pair => $"{pair.file}: {pair.lines} lines, the budget is {LineBudget}"));

    [Fact]
    public void NothingIsLeftUnfinished() =>
        Violations.None(Sources.SelectMany(file => File.ReadLines(Repository.PathOf(file))
            .Select((line, index) => (line, index))
            .Where(pair => Unfinished().IsMatch(pair.line))
            .Select(pair => $"{file}:{pair.index + 1}: {pair.line.Trim()}")));

    [Fact]
    public void NamesSayWhatAThingIs() =>
        Assert.DoesNotContain(Sources, file => VagueName().IsMatch(Path.GetFileNameWithoutExtension(file)));

    [Fact]
    public void TypesSayWhatTheyAre() =>
        Assert.DoesNotContain(
            Repository.Libraries.SelectMany(library => Repository.Load(library).GetTypes()).Where(IsOurs),
            type => VagueName().IsMatch(type.Name));

    /// <summary>Source generators put types of their own into the assemblies.</summary>
    private static bool IsOurs(Type type) => type.Namespace is { } name && name.StartsWith("Lethe", StringComparison.Ordinal);

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|NotImplementedException)\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"(Utils?|Utilities|Helpers?|Managers?|Misc)$")]
    private static partial Regex VagueName();
}
