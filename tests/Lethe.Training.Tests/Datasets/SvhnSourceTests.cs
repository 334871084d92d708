using Lethe.Core.Errors;
using Lethe.Training.Datasets;

namespace Lethe.Training.Tests.Datasets;

public sealed class SvhnSourceTests : IDisposable
{
    private const int Length = 32 * 32 * 3;

    private readonly MadeUpFiles _files = new();

    public void Dispose() => _files.Dispose();

    private RawDataset Read(params byte[][] elements)
    {
        _files.Write("train_32x32.mat", MadeUpMat.File(elements));
        return DataSource.Parse($"svhn:{_files.Root}").Read(new DataOptions());
    }

    private string Error(params byte[][] elements) => Assert.Throws<BadDataException>(() => Read(elements)).Message;

    /// <summary>Pixel (row, column, channel) of record n at row + 32 · (column + 32 · (channel + 3 · n)), as MATLAB lays it out.</summary>
    private static byte[] Pictures(int count)
    {
        var data = new byte[count * Length];
        for (int i = 0; i < data.Length; i++) data[i] = Pixel(i % 32, i / 32 % 32, i / 1024 % 3, i / Length);
        return MadeUpMat.Bytes("X", [32, 32, 3, count], data);
    }

    private static byte Pixel(int row, int column, int channel, int record) => (byte)(row * 7 + column * 3 + channel * 50 + record * 11);

    [Fact]
    public void Pictures_become_row_major_and_ten_is_the_digit_zero()
    {
        byte[] pictures = Pictures(3);
        byte[] labels = MadeUpMat.Bytes("y", [3, 1], 10, 1, 9);
        byte[] other = MadeUpMat.Doubles("comment", [1, 2], 1, 2);
        byte[] fractions = MadeUpMat.Doubles("y", [3, 1], 10, 1, 9);
        byte[] words = [.. BitConverter.GetBytes(2), .. BitConverter.GetBytes(8), .. new byte[8]];
        RawDataset[] readings =
        [
            Read(pictures, labels), Read(labels, pictures), Read(other, MadeUpMat.Compressed(pictures), words, MadeUpMat.Compressed(fractions)),
            Read(MadeUpMat.Compressed(other), MadeUpMat.Compressed(words), fractions, MadeUpMat.Compressed(pictures)),
        ];
        Assert.All(readings, data =>
        {
            Assert.Equal(("svhn", 3), (data.Name, data.Count));
            Assert.Equal([3, 32, 32], data.SampleShape);
            Assert.Equal([0, 1, 9], data.Labels);
            Assert.Equal(10, data.ClassNames.Count);
            Assert.Equal(Pixel(5, 17, 2, 1), data.Samples[Length + 2 * 1024 + 5 * 32 + 17]);
            Assert.Equal(Pixel(31, 0, 0, 2), data.Samples[2 * Length + 31 * 32]);
        });
    }

    [Fact]
    public void Each_split_has_its_file()
    {
        _files.Write("test_32x32.mat.gz", MadeUpFiles.Gzip(MadeUpMat.File(Pictures(1), MadeUpMat.Bytes("y", [1, 1], 4))));
        DataSource source = DataSource.Parse($"svhn:{_files.Root}?split=extra");
        Assert.Equal($"svhn:{_files.Root}?split=test", source.Test?.Text);
        Assert.Equal("svhn-test", source.Test!.Read(new DataOptions()).Name);
        Assert.Null(source.Test.Test);
        Assert.Contains("lacks extra_32x32.mat", Assert.Throws<BadDataException>(() => source.Read(new DataOptions())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_svhn_is_refused_by_name()
    {
        byte[] pictures = Pictures(1), labels = MadeUpMat.Bytes("y", [1, 1], 4);
        Assert.Contains("no array named X", Error(labels), StringComparison.Ordinal);
        Assert.Contains("'y' twice", Error(labels, pictures, labels), StringComparison.Ordinal);
        Assert.Contains("are uint8 of shape (32, 32, 3, N)", Error(MadeUpMat.Bytes("X", [1, 4], 1, 2, 3, 4), labels), StringComparison.Ordinal);
        Assert.Contains("holds 1 samples but", Error(pictures, MadeUpMat.Bytes("y", [2, 1], 4, 5)), StringComparison.Ordinal);
        Assert.Contains("label of record 0 is 11", Error(pictures, MadeUpMat.Bytes("y", [1, 1], 11)), StringComparison.Ordinal);
        Assert.Contains("not a whole number", Error(pictures, MadeUpMat.Doubles("y", [1, 1], 0.5)), StringComparison.Ordinal);
        Assert.Contains("not a whole number", Error(pictures, MadeUpMat.Doubles("y", [1, 1], double.NaN)), StringComparison.Ordinal);
        Assert.Contains("no array of real numbers", Error(pictures, MadeUpMat.Complex("y", [1, 1], 4)), StringComparison.Ordinal);
        Assert.Contains("impossible shape (3, 1)", Error(pictures, MadeUpMat.Bytes("y", [3, 1], 4)), StringComparison.Ordinal);
        Assert.Contains("impossible shape", Error(pictures, MadeUpMat.Bytes("y", [int.MaxValue, int.MaxValue, int.MaxValue], 4)), StringComparison.Ordinal);
        Assert.Contains("impossible shape", Error(pictures, MadeUpMat.Bytes("y", [-1, -1], 4)), StringComparison.Ordinal);
        _files.Write("train_32x32.mat", MadeUpMat.Header("MATLAB 7.3 MAT-file", 0x0200));
        Assert.Contains("save -v7", Error7(), StringComparison.Ordinal);
        _files.Write("train_32x32.mat", new string('x', 500));
        Assert.Contains("not a little-endian MATLAB file", Error7(), StringComparison.Ordinal);

        string Error7() => Assert.Throws<BadDataException>(() => DataSource.Parse($"svhn:{_files.Root}").Read(new DataOptions())).Message;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_that_lies_about_its_size_is_refused_without_the_memory_it_claims(bool compressed)
    {
        byte[] huge = MadeUpMat.Matrix("X", 9, 0, [32, 32, 3, 600_000], [.. BitConverter.GetBytes(2), .. BitConverter.GetBytes(32 * 32 * 3 * 600_000), 1, 2, 3, 4, 5, 6, 7, 8]);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        Assert.Contains("the file cannot hold", Error(compressed ? MadeUpMat.Compressed(huge) : huge), StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 50_000_000);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_damaged_file_is_always_refused_as_bad_data(bool compressed)
    {
        byte[] Pack(byte[] element) => compressed ? MadeUpMat.Compressed(element) : element;
        byte[] good = MadeUpMat.File(Pack(MadeUpMat.Bytes("y", [1, 1], 4)), Pack(Pictures(1)));
        string path = _files.PathOf("train_32x32.mat");
        DataSource source = DataSource.Parse($"svhn:{_files.Root}");
        for (int cut = 0; cut < good.Length; cut += Math.Max(1, good.Length / 150))
        {
            File.WriteAllBytes(path, good[..cut]);
            Assert.Throws<BadDataException>(() => source.Read(new DataOptions()));
        }
        for (int at = 128; at < Math.Min(good.Length, 128 + 200); at++)
        {
            byte[] bad = [.. good];
            bad[at] ^= (byte)(1 + at * 37 % 255);
            File.WriteAllBytes(path, bad);
            Exception? error = Record.Exception(() => source.Read(new DataOptions()));
            Assert.True(error is null or BadDataException, $"byte {at}: {error}");
        }
    }
}
