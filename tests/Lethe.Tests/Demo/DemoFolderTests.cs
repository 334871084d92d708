using Lethe.Core.Errors;
using Lethe.Demo;

namespace Lethe.Tests.Demo;

public sealed class DemoFolderTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("lethe-demo-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void An_earlier_demo_is_replaced()
    {
        string run = DemoFolder.Prepare(_directory);
        Directory.CreateDirectory(run);
        File.WriteAllText(Path.Combine(run, "index.json"), "{}");
        File.WriteAllText(Path.Combine(_directory, "report.html"), "old");
        DemoFolder.Require(_directory);
        DemoFolder.Prepare(_directory);
        Assert.False(Directory.Exists(run));
        Assert.False(File.Exists(Path.Combine(_directory, "report.html")));
    }

    [Fact]
    public void Anything_else_is_refused_and_kept()
    {
        string file = Path.Combine(_directory, "thesis.txt");
        File.WriteAllText(file, "years of work");
        Assert.Throws<BadDataException>(() => DemoFolder.Require(_directory));
        Assert.Throws<BadDataException>(() => DemoFolder.Require(file));
        Assert.True(File.Exists(file));
    }

    [Fact]
    public void A_demo_directory_with_something_added_is_refused()
    {
        DemoFolder.Prepare(_directory);
        File.WriteAllText(Path.Combine(_directory, "notes.txt"), "mine");
        Assert.Contains("notes.txt", Assert.Throws<BadDataException>(() => DemoFolder.Require(_directory)).Message, StringComparison.Ordinal);
    }
}
