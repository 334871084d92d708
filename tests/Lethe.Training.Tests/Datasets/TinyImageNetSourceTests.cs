using Lethe.Core.Errors;
using Lethe.Training.Datasets;

namespace Lethe.Training.Tests.Datasets;

public sealed class TinyImageNetSourceTests : IDisposable
{
    private readonly MadeUpFiles _files = new();

    public void Dispose() => _files.Dispose();

    private static RawDataset Read(string text, DataOptions? options = null) => DataSource.Parse(text).Read(options ?? new DataOptions());

    private static string Error(string text) => Assert.Throws<BadDataException>(() => Read(text)).Message;

    private static List<(string Name, byte[] Data)> Published() =>
    [
        ("tiny-imagenet-200/wnids.txt", "n02\nn01\nn03\n"u8.ToArray()),
        ("tiny-imagenet-200/words.txt", "n01\tgoldfish, Carassius auratus\nn02\tbee\nn99\tentity\n"u8.ToArray()),
        ("tiny-imagenet-200/train/n02/images/n02_0.JPEG", MadeUpFiles.Ppm(2, 2, 20, 0, 0)),
        ("tiny-imagenet-200/train/n02/n02_boxes.txt", [1]),
        ("tiny-imagenet-200/train/n01/images/n01_1.JPEG", MadeUpFiles.Pgm(2, 2, 11)),
        ("tiny-imagenet-200/train/n01/images/n01_0.JPEG", MadeUpFiles.Ppm(2, 2, 10, 0, 0)),
        ("tiny-imagenet-200/val/images/val_0.JPEG", MadeUpFiles.Ppm(2, 2, 30, 0, 0)),
        ("tiny-imagenet-200/val/images/val_1.JPEG", MadeUpFiles.Ppm(2, 2, 31, 0, 0)),
        ("tiny-imagenet-200/val/val_annotations.txt", "val_0.JPEG\tn02\t0\t0\t1\t1\nval_1.JPEG\tn01\t0\t0\t1\t1\n"u8.ToArray()),
        ("tiny-imagenet-200/test/images/test_0.JPEG", MadeUpFiles.Ppm(2, 2, 40, 0, 0)),
    ];

    [Fact]
    public void The_published_layout_is_read_from_directory_and_archive()
    {
        foreach ((string name, byte[] data) in Published()) _files.Write(name, data);
        string tar = _files.Write("tiny.tar", MadeUpFiles.Tar([.. Published()]));
        foreach (string path in (string[])[tar, _files.PathOf("tiny-imagenet-200")])
        {
            DataSource source = DataSource.Parse($"tiny-imagenet:{path}");
            RawDataset train = source.Read(new DataOptions());
            Assert.Equal(["n01", "n02", "n03"], train.ClassNames);
            Assert.Equal([0, 0, 1], train.Labels);
            Assert.Equal([10, 11, 20], train.Samples.Chunk(12).Select(sample => (int)sample[0]));
            Assert.Equal(["goldfish, Carassius auratus", "bee"], [train.Columns[1][0], train.Columns[1][2]]);
            Assert.Equal("n01/images/n01_0.JPEG", train.Columns[0][0]);
            RawDataset test = source.Test!.Read(new DataOptions { ClassNames = train.ClassNames });
            Assert.Equal(("tiny-imagenet-test", 2), (test.Name, test.Count));
            Assert.Equal([0, 1], test.Labels);
            Assert.Equal([31, 30], test.Samples.Chunk(12).Select(sample => (int)sample[0]));
        }
    }

    [Fact]
    public void Class_folders_in_both_splits_are_read_too()
    {
        string tar = _files.Write("small.tar", MadeUpFiles.Tar(("train/n2/a.JPEG", MadeUpFiles.Pgm(1, 1, 2)), ("train/n1/a.JPEG", MadeUpFiles.Pgm(1, 1, 1)), ("val/n1/b.JPEG", MadeUpFiles.Pgm(1, 1, 3)), ("classes.tsv", [1])));
        Assert.Equal([1, 2], Read($"tiny-imagenet:{tar}").Samples);
        RawDataset test = Read($"tiny-imagenet:{tar}?split=test", new DataOptions { ClassNames = ["n1", "n2"] });
        Assert.Equal([0], test.Labels);
        Assert.Single(test.Columns);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        List<(string Name, byte[] Data)> files = Published();
        files.RemoveAll(file => file.Name.EndsWith("val_annotations.txt", StringComparison.Ordinal));
        string tar = _files.Write("no-annotations.tar", MadeUpFiles.Tar([.. files]));
        Assert.Contains("'val/images/val_0.JPEG' has no line in", Error($"tiny-imagenet:{tar}?split=test"), StringComparison.Ordinal);
        files.Add(("tiny-imagenet-200/train/n77/images/n77_0.JPEG", MadeUpFiles.Ppm(2, 2, 1, 1, 1)));
        string unknown = _files.Write("unknown.tar", MadeUpFiles.Tar([.. files]));
        Assert.Contains("of the class 'n77'", Error($"tiny-imagenet:{unknown}"), StringComparison.Ordinal);
        Assert.Contains("no pictures below train/", Error($"tiny-imagenet:{_files.Write("other.tar", MadeUpFiles.Tar(("a/b.txt", [1])))}"), StringComparison.Ordinal);
    }
}
