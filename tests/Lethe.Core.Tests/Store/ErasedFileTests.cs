using Lethe.Core.Store;

namespace Lethe.Core.Tests.Store;

public sealed class ErasedFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lethe-erased-");

    private string File1 => Path.Combine(_folder.FullName, "request.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_replaced_file_leaves_nothing_beside_it_and_a_killed_replacement_is_done_again()
    {
        string left = File1 + ".old.tmp";
        File.WriteAllText(File1, "names");
        File.WriteAllText(left, "names of before");
        ErasedFile.Replace(File1, "none", overwrite: true);
        Assert.Equal("none", File.ReadAllText(File1));
        Assert.Equal([File1], Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public void A_second_name_of_a_file_that_is_still_in_force_is_removed_without_touching_its_bytes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no second names here.");
        string second = File1 + ".old.tmp";
        File.WriteAllText(File1, "names");
        Assert.True(NativeFile.TryLink(File1, second));
        ErasedFile.DeleteLeftover(second, overwrite: true);
        Assert.Equal("names", File.ReadAllText(File1));
        Assert.False(File.Exists(second));
    }

    [Fact]
    public void Old_bytes_that_a_killed_process_left_are_overwritten()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no second names here.");
        string second = File1 + ".old.tmp", watch = Path.Combine(_folder.FullName, "watch");
        File.WriteAllText(File1, "none");
        File.WriteAllText(second, "names");
        Assert.True(NativeFile.TryLink(second, watch));
        ErasedFile.DeleteLeftover(second, overwrite: true);
        Assert.False(File.Exists(second));
        Assert.NotEqual("names", File.ReadAllText(watch));
        Assert.Equal("none", File.ReadAllText(File1));
    }
}
