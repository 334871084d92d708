using System.IO.Compression;
using System.Runtime.InteropServices;
using Lethe.Core.Errors;
using Lethe.Training.Datasets;

namespace Lethe.Training.Tests.Datasets;

public sealed class NpzSourceTests : IDisposable
{
    private readonly MadeUpFiles _files = new();

    public void Dispose() => _files.Dispose();

    private static byte[] Bytes<T>(params T[] values) where T : unmanaged => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    private static byte[] Labels(params long[] labels) => MadeUpFiles.Npy("<i8", $"{labels.Length},", Bytes(labels));

    private RawDataset Read(params (string Name, byte[] Data)[] arrays) =>
        DataSource.Parse($"npz:{_files.Write("set.npz", MadeUpFiles.Zip(CompressionLevel.Optimal, arrays))}").Read(new DataOptions());

    private string Error(params (string Name, byte[] Data)[] arrays)
    {
        BadDataException error = Assert.Throws<BadDataException>(() => Read(arrays));
        Assert.StartsWith(_files.PathOf("set.npz"), error.Message, StringComparison.Ordinal);
        return error.Message;
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression, 1)]
    [InlineData(CompressionLevel.Optimal, 2)]
    public void Pictures_and_labels_are_read(CompressionLevel level, byte version)
    {
        byte[] zip = MadeUpFiles.Zip(level, ("X.npy", MadeUpFiles.Npy("|u1", "2, 2, 2", MadeUpFiles.Counting(8), version: version)), ("y.npy", Labels(1, 0)));
        RawDataset data = DataSource.Parse($"npz:{_files.Write("set.npz", zip)}").Read(new DataOptions());
        Assert.Equal([1, 2, 2], data.SampleShape);
        Assert.Equal(MadeUpFiles.Counting(8), data.Samples);
        Assert.Equal([1, 0], data.Labels);
        Assert.Equal("set", data.Name);
    }

    [Fact]
    public void Every_number_type_is_read()
    {
        (string, byte[])[] arrays = [("<i4", Bytes(1, -2)), ("<i8", Bytes(1L, -2L)), ("<f4", Bytes(1f, -2f)), ("<f8", Bytes(1.0, -2.0))];
        foreach ((string type, byte[] data) in arrays)
        {
            RawDataset read = Read(("data.npy", MadeUpFiles.Npy(type, "2, 1", data)), ("labels.npy", MadeUpFiles.Npy("<i4", "2, 1", Bytes(0, 1))));
            Assert.Equal([1f, -2f], MemoryMarshal.Cast<byte, float>(read.Samples).ToArray());
        }
    }

    [Fact]
    public void Channels_come_first()
    {
        RawDataset data = Read(("x.npy", MadeUpFiles.Npy("|u1", "1, 2, 2, 3", MadeUpFiles.Counting(12))), ("y.npy", Labels(0)));
        Assert.Equal([3, 2, 2], data.SampleShape);
        Assert.Equal([0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11], data.Samples);
    }

    [Fact]
    public void Splits_and_subjects_are_found()
    {
        byte[] x = MadeUpFiles.Npy("|u1", "2, 1, 1", [1, 2]);
        string path = _files.Write("split.npz", MadeUpFiles.Zip(CompressionLevel.Optimal, ("x_train.npy", x), ("y_train.npy", Labels(0, 1)), ("test_images.npy", x), ("test_labels.npy", Labels(1, 1)), ("subjects.npy", Labels(7, 8))));
        DataSource source = DataSource.Parse($"npz:{path}");
        Assert.Equal(["7", "8"], source.Read(new DataOptions()).Subjects!.Select(subject => subject.Value));
        RawDataset test = source.Test is { } split && split.Text.EndsWith("split=test", StringComparison.Ordinal) ? split.Read(new DataOptions()) : throw new InvalidOperationException();
        Assert.Equal([1, 1], test.Labels);
        Assert.Null(test.Subjects);
    }

    [Fact]
    public void Arrays_that_cannot_be_data_are_refused()
    {
        byte[] x = MadeUpFiles.Npy("|u1", "2, 2", [1, 2, 3, 4]);
        byte[] y = Labels(0, 1);
        Assert.Contains("holds no array named X, x", Error(("Z.npy", x), ("y.npy", y)), StringComparison.Ordinal);
        Assert.Contains("holds no array named y", Error(("X.npy", x)), StringComparison.Ordinal);
        Assert.Contains("not in NumPy's", Error(("X.npy", [1, 2, 3]), ("y.npy", y)), StringComparison.Ordinal);
        Assert.Contains("Fortran order", Error(("X.npy", MadeUpFiles.Npy("<f8", "2, 2", new byte[32], "True")), ("y.npy", y)), StringComparison.Ordinal);
        Assert.Contains("'|O' is not read", Error(("X.npy", MadeUpFiles.Npy("|O", "2, 2", new byte[32])), ("y.npy", y)), StringComparison.Ordinal);
        Assert.Contains("'>i4' is not read", Error(("X.npy", MadeUpFiles.Npy(">i4", "2, 2", new byte[16])), ("y.npy", y)), StringComparison.Ordinal);
        Assert.Contains("no usable shape", Error(("X.npy", MadeUpFiles.Npy("|u1", "", [])), ("y.npy", y)), StringComparison.Ordinal);
        Assert.Contains("no usable shape", Error(("X.npy", MadeUpFiles.Npy("|u1", "-2, 2", [])), ("y.npy", y)), StringComparison.Ordinal);
        Assert.Contains("impossible shape", Error(("X.npy", MadeUpFiles.Npy("<f8", "9223372036854775807, 8", [])), ("y.npy", y)), StringComparison.Ordinal);
        Assert.Contains("header promises", Error(("X.npy", MadeUpFiles.Npy("<f8", "100000000, 100", [])), ("y.npy", y)), StringComparison.Ordinal);
        Assert.Contains("ends before", Error(("X.npy", MadeUpFiles.Npy("|u1", "2, 2", [1])), ("y.npy", y)), StringComparison.Ordinal);
        Assert.Contains("holds more", Error(("X.npy", MadeUpFiles.Npy("|u1", "2, 2", new byte[5])), ("y.npy", y)), StringComparison.Ordinal);
        Assert.Contains("version 3", Error(("X.npy", MadeUpFiles.Npy("|u1", "2, 2", new byte[4], version: 3)), ("y.npy", y)), StringComparison.Ordinal);
        Assert.Contains("claims 4,294,967,295 bytes", Error(("X.npy", [0x93, .. "NUMPY"u8, 2, 0, 255, 255, 255, 255]), ("y.npy", y)), StringComparison.Ordinal);
        Assert.Contains("2 samples but", Error(("X.npy", x), ("y.npy", Labels(0))), StringComparison.Ordinal);
        Assert.Contains("class indices", Error(("X.npy", x), ("y.npy", MadeUpFiles.Npy("<i8", "2, 2", new byte[32]))), StringComparison.Ordinal);
        Assert.Contains("floating-point", Error(("X.npy", x), ("y.npy", MadeUpFiles.Npy("<f8", "2,", new byte[16]))), StringComparison.Ordinal);
        Assert.Contains("is -1; it must be", Error(("X.npy", x), ("y.npy", Labels(0, -1))), StringComparison.Ordinal);
        Assert.Contains("too large", Error(("X.npy", x), ("y.npy", Labels(0, long.MaxValue))), StringComparison.Ordinal);
        Assert.Contains("NaN, not a finite", Error(("X.npy", MadeUpFiles.Npy("<f4", "2, 1", Bytes(1f, float.NaN))), ("y.npy", y)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_zip_or_cut_off_is_refused()
    {
        byte[] zip = MadeUpFiles.Zip(CompressionLevel.Optimal, ("X.npy", MadeUpFiles.Npy("|u1", "64, 2", MadeUpFiles.Counting(128))), ("y.npy", Labels(new long[64])));
        foreach (byte[] data in new[] { [], "hello"u8.ToArray(), zip[..^10], zip[..(zip.Length / 2)], [.. zip[..60], 9, 9, 9, 9, .. zip[64..]] })
        {
            string path = _files.Write("bad.npz", data);
            BadDataException error = Assert.Throws<BadDataException>(() => DataSource.Parse($"npz:{path}").Read(new DataOptions()));
            Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        }
    }
}
