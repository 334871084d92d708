using System.Formats.Tar;
using Lethe.Core.Errors;
using Lethe.Training.Datasets;

namespace Lethe.Training.Tests.Datasets;

public sealed class ImageFolderSourceTests : IDisposable
{
    private readonly MadeUpFiles _files = new();

    public void Dispose() => _files.Dispose();

    private static RawDataset Read(string text, DataOptions? options = null) => DataSource.Parse(text).Read(options ?? new DataOptions());

    private static string Error(string text, DataOptions? options = null) => Assert.Throws<BadDataException>(() => Read(text, options)).Message;

    private string Tar(params (string Name, byte[] Data)[] files) => _files.Write("set.tar", MadeUpFiles.Tar(files));

    [Fact]
    public void A_folder_and_its_archives_give_the_same_records()
    {
        (string Name, byte[] Data)[] pictures =
        [
            ("faces/s10/1.pgm", MadeUpFiles.Pgm(2, 3, 10)), ("faces/s2/1.pgm", MadeUpFiles.Pgm(2, 3, 20)),
            ("faces/s1/2.pgm", MadeUpFiles.Pgm(2, 3, 2)), ("faces/s1/10.pgm", MadeUpFiles.Pgm(2, 3, 1)),
            ("faces/README", "about"u8.ToArray()), ("faces/s1/.hidden", "no"u8.ToArray()),
        ];
        foreach ((string name, byte[] data) in pictures) _files.Write(Path.Combine("dir", name), data);
        byte[] tar = MadeUpFiles.Tar(pictures);
        string[] sources =
        [
            $"image-folder:{_files.PathOf("dir")}!/faces",
            $"image-folder:{_files.PathOf("dir/faces")}",
            $"image-folder:{_files.PathOf("dir")}",
            $"image-folder:{_files.Write("a.tar", tar)}!/faces",
            $"image-folder:{_files.PathOf("a.tar")}",
            $"image-folder:{_files.Write("a.tar.gz", MadeUpFiles.Gzip(tar))}!/faces/",
        ];
        foreach (string source in sources)
        {
            RawDataset data = Read(source);
            Assert.Equal([1, 3, 2], data.SampleShape);
            Assert.Equal(["s1", "s10", "s2"], data.ClassNames);
            Assert.Equal([0, 0, 1, 2], data.Labels);
            Assert.Equal([1, 2, 10, 20], data.Samples.Chunk(6).Select(sample => sample[0]));
            Assert.Equal("s1/10.pgm", data.Columns.Single()[0]);
            Assert.Null(DataSource.Parse(source).Test);
        }
    }

    [Fact]
    public void Grey_pictures_among_coloured_ones_become_coloured()
    {
        string source = $"image-folder:{Tar(("a/1.pgm", MadeUpFiles.Pgm(1, 2, 9)), ("a/2.ppm", MadeUpFiles.Ppm(1, 2, 1, 2, 3)), ("b/1.pgm", MadeUpFiles.Pgm(1, 2, 7)))}";
        RawDataset data = Read(source);
        Assert.Equal([3, 2, 1], data.SampleShape);
        Assert.Equal([9, 9, 9, 9, 9, 9, 1, 1, 2, 2, 3, 3, 7, 7, 7, 7, 7, 7], data.Samples);
    }

    [Theory]
    [InlineData("P5\n2 1\n100\n", 128, 255)]
    [InlineData("P5\n# by hand\n2 1 # wide\n200\n", 64, 128)]
    [InlineData("P5 2 1 255\n", 50, 100)]
    public void The_brightest_value_that_a_pgm_declares_becomes_255(string header, byte first, byte second)
    {
        byte[] file = [.. System.Text.Encoding.ASCII.GetBytes(header), 50, 100];
        Assert.Equal([first, second], Read($"image-folder:{Tar(("a/1.pgm", file))}").Samples);
    }

    [Fact]
    public void Splits_are_recognised()
    {
        byte[] picture = MadeUpFiles.Pgm(1, 1, 1);
        string path = Tar(("test/b/1.pgm", picture), ("train/a/1.pgm", picture), ("train/b/1.pgm", picture), ("classes.tsv", [1]));
        DataSource train = DataSource.Parse($"image-folder:{path}");
        Assert.Equal([0, 1], train.Read(new DataOptions()).Labels);
        Assert.Equal($"image-folder:{path}?split=test", train.Test?.Text);
        Assert.Equal([1], train.Test!.Read(new DataOptions { ClassNames = ["a", "b"] }).Labels);
        Assert.Equal([0], train.Test.Read(new DataOptions()).Labels);
        Assert.Null(train.Test.Test);
        DataSource folder = DataSource.Parse($"image-folder:{path}!/train");
        Assert.Equal($"image-folder:{path}!/test", folder.Test?.Text);
        Assert.Equal(["a", "b"], folder.Read(new DataOptions()).ClassNames);
        Assert.Contains("none of the training set's classes", Error($"image-folder:{path}!/test", new DataOptions { ClassNames = ["a"] }), StringComparison.Ordinal);
        string plain = _files.Write("plain.tar", MadeUpFiles.Tar(("train/1.pgm", picture), ("test/1.pgm", picture)));
        Assert.Equal(["test", "train"], Read($"image-folder:{plain}").ClassNames);
        Assert.Contains("no split to choose", Error($"image-folder:{plain}?split=test"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_set_of_pictures_is_refused_by_name()
    {
        byte[] picture = MadeUpFiles.Pgm(2, 2, 1);
        Assert.Contains("'b/2.jpg' is not a picture", Error($"image-folder:{Tar(("a/1.pgm", picture), ("b/2.jpg", "text"u8.ToArray()))}"), StringComparison.Ordinal);
        Assert.Contains("'a/2.pgm' is 3×2, but 'a/1.pgm' is 2×2", Error($"image-folder:{Tar(("a/1.pgm", picture), ("a/2.pgm", MadeUpFiles.Pgm(3, 2, 1)))}"), StringComparison.Ordinal);
        Assert.Contains("'1.pgm' lies in no class folder", Error($"image-folder:{Tar(("1.pgm", picture))}"), StringComparison.Ordinal);
        Assert.Contains("no pictures in class folders", Error($"image-folder:{Tar(("a/1.pgm", picture))}!/b"), StringComparison.Ordinal);
        Assert.Contains("occurs twice", Error($"image-folder:{Tar(("a/1.pgm", picture), ("./a/1.pgm", picture))}"), StringComparison.Ordinal);
        Assert.Contains("no such directory or archive", Error($"image-folder:{_files.PathOf("absent")}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../a/1.pgm")]
    [InlineData("a/../../1.pgm")]
    [InlineData("/etc/1.pgm")]
    [InlineData("a\\..\\1.pgm")]
    [InlineData("C:/a/1.pgm")]
    public void Names_that_leave_the_archive_are_refused(string name)
    {
        string message = Error($"image-folder:{Tar(("a/1.pgm", MadeUpFiles.Pgm(2, 2, 1)), (name, MadeUpFiles.Pgm(2, 2, 1)))}");
        Assert.Contains(name, message, StringComparison.Ordinal);
        Assert.Contains("absolute name or leaves the archive", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    [InlineData(TarEntryType.Fifo)]
    public void Links_and_devices_are_refused(TarEntryType type)
    {
        var entry = new PaxTarEntry(type, "a/1.pgm");
        if (type != TarEntryType.Fifo) entry.LinkName = "/etc/passwd";
        string path = _files.Write("links.tar", MadeUpFiles.TarOf(entry));
        Assert.Contains($"'a/1.pgm' is a {type}", Error($"image-folder:{path}"), StringComparison.Ordinal);
    }

    [Fact]
    public void Cut_archives_are_refused()
    {
        byte[] tar = MadeUpFiles.Tar(("a/1.pgm", MadeUpFiles.Pgm(40, 40, 1)), ("b/1.pgm", MadeUpFiles.Pgm(40, 40, 2)));
        int second = tar.AsSpan().IndexOf("b/1.pgm"u8);
        string inHeader = _files.Write("header.tar", tar[..(second + 100)]);
        Assert.StartsWith(inHeader, Error($"image-folder:{inHeader}"), StringComparison.Ordinal);
        string inData = _files.Write("data.tar", tar[..700]);
        Assert.StartsWith(inData, Error($"image-folder:{inData}"), StringComparison.Ordinal);
        byte[] gzip = MadeUpFiles.Gzip(tar);
        string cut = _files.Write("cut.tar.gz", gzip[..(gzip.Length / 2)]);
        Assert.StartsWith(cut, Error($"image-folder:{cut}"), StringComparison.Ordinal);
        string text = _files.Write("text.tar", new string('x', 2000));
        Assert.Contains("not a readable tar archive", Error($"image-folder:{text}"), StringComparison.Ordinal);
    }
}
