using Lethe.Bench;
using Lethe.Bench.Results;

namespace Lethe.Conventions.Tests;

/// <summary>Every published page and plot says what its figures say: it is what <c>lethe bench SUITE --redraw</c> writes of them today.</summary>
public class ResultPageTests
{
    private const string Folder = "docs/results";

    public static TheoryData<string> Recorded => [.. Repository.Files(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!)];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void PagesAreWhatTheirFiguresRenderTo(string suite) =>
        Violations.None(Texts(suite)
            .Where(text => !File.Exists(Repository.PathOf(Folder, text.Name)) || Repository.Read(Folder, text.Name) != text.Text)
            .Select(text => $"{Folder}/{text.Name}: not what {suite}.json renders to. `lethe bench {suite} --redraw --out {Folder}` writes it again; look at what changes."));

    [Theory]
    [MemberData(nameof(Recorded))]
    public void JoiningDropsNoFigure(string suite)
    {
        var file = ResultsFile.Read(Repository.PathOf(Folder), suite);
        Assert.Equal(file.Rows, ResultParts.Join([file], Folder).Rows);
    }

    [Fact]
    public void EveryPlotBelongsToAPage()
    {
        var drawn = Recorded.SelectMany(row => Texts(row.Data)).Select(text => text.Name).ToHashSet();
        Violations.None(Repository.Files(Folder, "*.svg").Where(file => !drawn.Contains(Path.GetFileName(file))).Select(file => $"{file} belongs to no page"));
    }

    private static IEnumerable<(string Name, string Text)> Texts(string suite)
    {
        var file = ResultsFile.Read(Repository.PathOf(Folder), suite);
        return file.Texts(BenchSuites.All.Single(known => known.Name == suite).Render(file));
    }
}
