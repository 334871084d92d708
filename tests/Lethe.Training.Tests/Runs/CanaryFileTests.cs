using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Training.Runs;
using Lethe.Training.Scenarios;

namespace Lethe.Training.Tests.Runs;

public sealed class CanaryFileTests
{
    private static readonly CanaryRegistry Registry = new(new string('a', 64), Share: 0.1);

    /// <summary>Whoever opened a file that was readable before sees nothing of what is written.</summary>
    [Fact]
    public void Secret_never_stands_in_a_file_that_others_may_read()
    {
        using var directory = new TemporaryDirectory();
        string path = Path.Combine(directory.Path, CanaryFile.Name);
        File.WriteAllText(path, "");
        File.WriteAllText(path + ".tmp", "");
        using var opened = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        using var aside = new StreamReader(new FileStream(path + ".tmp", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        CanaryFile.Write(directory.Path, Registry);
        Assert.Equal("", opened.ReadToEnd() + aside.ReadToEnd());
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal([path], Directory.GetFiles(directory.Path));
        Assert.Equal(Registry, CanaryFile.Read(directory.Path, Registry.Digest));
        Assert.Throws<StoreDamagedException>(() => CanaryFile.Read(directory.Path, Digest.OfText("other")));
    }
}
