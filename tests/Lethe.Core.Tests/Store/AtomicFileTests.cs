using Lethe.Core.Errors;
using Lethe.Core.Store;

namespace Lethe.Core.Tests.Store;

public class AtomicFileTests
{
    [Fact]
    public void File_is_created_and_replaced_without_leftovers()
    {
        using var directory = new TemporaryDirectory();
        AtomicFile.WriteAllText(directory["index.json"], "old and longer");
        AtomicFile.WriteAllText(directory["index.json"], "nöw");
        Assert.Equal("nöw"u8.ToArray(), File.ReadAllBytes(directory["index.json"]));
        Assert.Single(Directory.GetFiles(directory.Path));
    }

    [Fact]
    public async Task Readers_see_whole_contents_only()
    {
        using var directory = new TemporaryDirectory();
        var path = directory["index.json"];
        var contents = new[] { new string('a', 50_000), new string('b', 90_000) };
        AtomicFile.WriteAllText(path, contents[0]);
        var done = false;
        var reader = Task.Run(() =>
        {
            while (!Volatile.Read(ref done))
                Assert.Contains(File.ReadAllText(path), contents);
        }, TestContext.Current.CancellationToken);
        for (var i = 0; i < 50; i++)
            AtomicFile.WriteAllText(path, contents[i % 2]);
        Volatile.Write(ref done, true);
        await reader;
    }

    [Fact]
    public void Leftovers_of_a_killed_process_vanish_with_the_next_write()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["index.json.tmp"], "half an ind and much more than the new content");
        AtomicFile.WriteAllText(directory["index.json"], "new");
        Assert.Equal("new", File.ReadAllText(directory["index.json"]));
        Assert.Single(Directory.GetFiles(directory.Path));
    }

    [Fact]
    public void A_failed_write_leaves_the_old_content()
    {
        using var directory = new TemporaryDirectory();
        Directory.CreateDirectory(directory["taken"]);
        Assert.Throws<LetheException>(() => AtomicFile.WriteAllText(directory["taken"], "x"));
        Assert.Throws<LetheException>(() => AtomicFile.WriteAllText(directory["missing/file"], "x"));
        Assert.Empty(Directory.GetFiles(directory.Path));
    }
}
