using Lethe.Core.Errors;
using Lethe.Training.Datasets;

namespace Lethe.Training.Tests.Datasets;

public sealed class CifarSourceTests : IDisposable
{
    private const int Pixels = 3072;
    private readonly MadeUpFiles _files = new();

    public void Dispose() => _files.Dispose();

    private static byte[] Row(byte fill, params byte[] labels) => [.. labels, .. Enumerable.Repeat(fill, Pixels)];

    private RawDataset Read(string folder, string options = "") => DataSource.Parse($"cifar:{_files.PathOf(folder)}{options}").Read(new DataOptions());

    [Fact]
    public void Ten_classes_are_read_from_their_batches()
    {
        _files.Write("ten/data_batch_2.bin", Row(2, 9));
        _files.Write("ten/data_batch_1.bin", [.. Row(0, 3), .. Row(1, 0)]);
        _files.Write("ten/test_batch.bin", Row(7, 4));
        _files.Write("ten/batches.meta.txt", string.Join('\n', Enumerable.Range(0, 10).Select(i => $"class{i}")) + "\n\n");
        RawDataset data = Read("ten");
        Assert.Equal([3, 32, 32], data.SampleShape);
        Assert.Equal([3, 0, 9], data.Labels);
        Assert.Equal([0, 1, 2], data.Samples.Chunk(Pixels).Select(sample => sample[5]));
        Assert.Equal("class9", data.ClassNames[9]);
        Assert.Equal([4], Read("ten", "?split=test").Labels);
        Assert.Equal("cifar-10", data.Name);
    }

    [Fact]
    public void A_hundred_classes_have_coarse_labels_too()
    {
        string tar = _files.Write("hundred.tar.gz", MadeUpFiles.Gzip(MadeUpFiles.Tar(("cifar-100-binary/train.bin", [.. Row(1, 19, 99), .. Row(2, 3, 4)]), ("cifar-100-binary/test.bin", Row(3, 1, 2)))));
        RawDataset data = Read(tar);
        Assert.Equal([99, 4], data.Labels);
        Assert.Equal(100, data.ClassNames.Count);
        Assert.Equal((19L, "coarse"), (data.Columns[0][0], data.Columns[0].Name));
        Assert.Equal([2], Read(tar, "?split=test").Labels);
    }

    [Fact]
    public void Damage_is_refused_by_name()
    {
        _files.Write("cut/data_batch_1.bin", Row(0, 3)[..^1]);
        Assert.Contains("'data_batch_1.bin' has 3,072 bytes", Assert.Throws<BadDataException>(() => Read("cut")).Message, StringComparison.Ordinal);
        _files.Write("label/data_batch_1.bin", [.. Row(0, 3), .. Row(0, 10)]);
        Assert.Contains("record 1 the label 10", Assert.Throws<BadDataException>(() => Read("label")).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(_files.PathOf("empty"));
        Assert.Contains("holds no CIFAR training data", Assert.Throws<BadDataException>(() => Read("empty")).Message, StringComparison.Ordinal);
        _files.Write("both/a/data_batch_1.bin", Row(0, 3));
        _files.Write("both/b/train.bin", Row(0, 3, 3));
        Assert.Contains("both CIFAR-10 and CIFAR-100", Assert.Throws<BadDataException>(() => Read("both")).Message, StringComparison.Ordinal);
    }
}
