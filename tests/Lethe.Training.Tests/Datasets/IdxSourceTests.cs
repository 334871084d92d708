using System.Buffers.Binary;
using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Training.Datasets;

namespace Lethe.Training.Tests.Datasets;

public sealed class IdxSourceTests : IDisposable
{
    private readonly MadeUpFiles _files = new();

    public void Dispose() => _files.Dispose();

    private string Images(string name = "images", int count = 4) => _files.Write(name, MadeUpFiles.Idx(8, [count, 2, 3], MadeUpFiles.Counting(count * 6)));

    private string Labels(params byte[] labels) => _files.Write("labels", MadeUpFiles.Idx(8, [labels.Length], labels));

    private static RawDataset Read(string text, DataOptions? options = null) => DataSource.Parse(text).Read(options ?? new DataOptions());

    private static BadDataException Bad(string text, DataOptions? options = null)
    {
        BadDataException error = Assert.Throws<BadDataException>(() => Read(text, options));
        Assert.Equal(3, error.ExitCode);
        return error;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Bytes_of_three_dimensions_are_grey_pictures(bool gzip)
    {
        byte[] images = MadeUpFiles.Idx(8, [4, 2, 3], MadeUpFiles.Counting(24));
        string path = _files.Write("images", gzip ? MadeUpFiles.Gzip(images) : images);
        RawDataset data = Read($"idx:{path},{Labels(0, 2, 1, 2)}");
        Assert.Equal([1, 2, 3], data.SampleShape);
        Assert.False(data.IsFloat);
        Assert.Equal(MadeUpFiles.Counting(24), data.Samples);
        Assert.Equal([0, 2, 1, 2], data.Labels);
        Assert.Equal(["0", "1", "2"], data.ClassNames);
        Assert.Equal("images", data.Name);
    }

    [Fact]
    public void Four_dimensions_are_channels_first_and_two_are_features()
    {
        string colour = _files.Write("c", MadeUpFiles.Idx(8, [2, 3, 1, 2], MadeUpFiles.Counting(12)));
        Assert.Equal([3, 1, 2], Read($"idx:{colour},{Labels(0, 1)}").SampleShape);
        string features = _files.Write("f", MadeUpFiles.Idx(8, [2, 3], [1, 2, 3, 4, 5, 255]));
        RawDataset data = Read($"idx:{features},{Labels(0, 1)}");
        Assert.True(data.IsFloat);
        Assert.Equal([1f, 2, 3, 4, 5, 255], Floats(data));
    }

    [Fact]
    public void All_number_types_are_read()
    {
        var half = new byte[4];
        BinaryPrimitives.WriteInt16BigEndian(half, -3);
        BinaryPrimitives.WriteInt16BigEndian(half.AsSpan(2), 300);
        var single = new byte[8];
        BinaryPrimitives.WriteSingleBigEndian(single, 1.5f);
        BinaryPrimitives.WriteSingleBigEndian(single.AsSpan(4), -2);
        var real = new byte[16];
        BinaryPrimitives.WriteDoubleBigEndian(real, 0.25);
        BinaryPrimitives.WriteDoubleBigEndian(real.AsSpan(8), 7);
        string labels = _files.Write("labels32", MadeUpFiles.Idx(0x0C, [2], MadeUpFiles.BigEndian(1, 0)));
        foreach ((byte type, byte[] data, float[] expected) in new (byte, byte[], float[])[]
                 { (0x09, [255, 5], [-1, 5]), (0x0B, half, [-3, 300]), (0x0C, MadeUpFiles.BigEndian(70000, -1), [70000, -1]), (0x0D, single, [1.5f, -2]), (0x0E, real, [0.25f, 7]) })
        {
            RawDataset read = Read($"idx:{_files.Write("x", MadeUpFiles.Idx(type, [2, 1], data))},{labels}");
            Assert.Equal(expected, Floats(read));
            Assert.Equal([1, 0], read.Labels);
        }
    }

    [Fact]
    public void A_number_of_classes_can_be_given()
    {
        Assert.Equal(5, Read($"idx:{Images()},{Labels(0, 1, 2, 1)}?classes=5").ClassNames.Count);
        Assert.Contains("label of record 2 is 2; it must be 0 to 1", Bad($"idx:{Images()},{Labels(0, 1, 2, 1)}?classes=2").Message, StringComparison.Ordinal);
        Assert.Equal(["a", "b", "c"], Read($"idx:{Images()},{Labels(0, 1, 2, 1)}", new DataOptions { ClassNames = ["a", "b", "c"] }).ClassNames);
    }

    [Fact]
    public void Damaged_files_are_refused_by_name()
    {
        byte[] whole = MadeUpFiles.Idx(8, [4, 2, 3], MadeUpFiles.Counting(24));
        string labels = Labels(0, 1, 2, 1);
        (string Name, byte[] Data, string Message)[] cases =
        [
            ("magic", [1, .. whole[1..]], "not an IDX file"),
            ("type", [0, 0, 7, .. whole[3..]], "not an IDX file"),
            ("empty", [], "not an IDX file"),
            ("head", whole[..9], "ends inside the IDX header"),
            ("short", whole[..^1], "cannot hold"),
            ("long", [.. whole, 0], "holds more than"),
            ("none", MadeUpFiles.Idx(8, [0, 2, 3], []), "dimension 0"),
            ("huge", MadeUpFiles.Idx(8, [int.MaxValue, 3, 3], []), "header promises"),
            ("overflow", MadeUpFiles.Idx(8, [-1, -1, -1], []), "impossible shape"),
            ("bomb.gz", MadeUpFiles.Gzip(MadeUpFiles.Idx(8, [30000, 30000, 2], [])), "header promises"),
            ("short.gz", MadeUpFiles.Gzip(whole[..^1]), "ends before"),
            ("long.gz", MadeUpFiles.Gzip([.. whole, 0]), "holds more than"),
            ("four", MadeUpFiles.Idx(8, [4, 1, 1, 2, 3], MadeUpFiles.Counting(24)), "must have the shape"),
        ];
        foreach ((string name, byte[] data, string message) in cases)
        {
            string path = _files.Write(name, data);
            BadDataException error = Bad($"idx:{path},{labels}");
            Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_gzip_file_cut_anywhere_is_refused()
    {
        byte[] gzip = MadeUpFiles.Gzip(MadeUpFiles.Idx(8, [4, 2, 3], MadeUpFiles.Counting(24)));
        string labels = Labels(0, 1, 2, 1);
        for (int length = 2; length < gzip.Length; length++)
        {
            string path = _files.Write("cut.gz", gzip[..length]);
            Assert.StartsWith(path, Bad($"idx:{path},{labels}").Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_flipped_bit_in_a_gzip_file_is_noticed()
    {
        byte[] gzip = MadeUpFiles.Gzip(MadeUpFiles.Idx(8, [4, 2, 3], MadeUpFiles.Counting(24)));
        gzip[^7] ^= 1;
        Assert.Contains("cut off or damaged", Bad($"idx:{_files.Write("bit.gz", gzip)},{Labels(0, 1, 2, 1)}").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_gzip_members_are_one_file()
    {
        byte[] whole = MadeUpFiles.Idx(8, [4, 2, 3], MadeUpFiles.Counting(24));
        byte[] members = [.. MadeUpFiles.Gzip(whole[..10]), .. MadeUpFiles.Gzip(whole[10..])];
        Assert.Equal(4, Read($"idx:{_files.Write("two.gz", members)},{Labels(0, 1, 2, 1)}").Count);
    }

    [Fact]
    public void Files_that_do_not_fit_each_other_are_refused()
    {
        Assert.Contains("4 samples but", Bad($"idx:{Images()},{Labels(0, 1)}").Message, StringComparison.Ordinal);
        Assert.Contains("one dimension", Bad($"idx:{Labels(0, 1)},{Images()}").Message, StringComparison.Ordinal);
        Assert.Contains("no such file", Bad($"idx:{_files.PathOf("absent")},{Labels(0)}").Message, StringComparison.Ordinal);
        string floats = _files.Write("y", MadeUpFiles.Idx(0x0D, [4], new byte[16]));
        Assert.Contains("integers", Bad($"idx:{Images()},{floats}").Message, StringComparison.Ordinal);
        string negative = _files.Write("n", MadeUpFiles.Idx(0x09, [4], [0, 1, 255, 0]));
        Assert.Contains("label of record 2 is -1", Bad($"idx:{Images()},{negative}").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Features_that_are_not_finite_are_refused()
    {
        var data = new byte[8];
        BinaryPrimitives.WriteSingleBigEndian(data.AsSpan(4), float.NaN);
        string path = _files.Write("x", MadeUpFiles.Idx(0x0D, [2, 1], data));
        Assert.Contains("record 1, value 0 is NaN", Bad($"idx:{path},{Labels(0, 1)}").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mnist_is_found_under_both_spellings_with_both_splits()
    {
        byte[] images = MadeUpFiles.Idx(8, [2, 1, 1], [1, 2]);
        byte[] labels = MadeUpFiles.Idx(8, [2], [9, 0]);
        _files.Write("train-images-idx3-ubyte", images);
        _files.Write("train-labels-idx1-ubyte.gz", MadeUpFiles.Gzip(labels));
        _files.Write("t10k-images.idx3-ubyte.gz", MadeUpFiles.Gzip(images));
        DataSource source = DataSource.Parse($"mnist:{_files.Root}");
        Assert.Equal(10, source.Read(new DataOptions()).ClassNames.Count);
        Assert.Contains("t10k-labels-idx1-ubyte", Bad(source.Test!.Text).Message, StringComparison.Ordinal);
        _files.Write("t10k-labels.idx1-ubyte", labels);
        Assert.Equal("mnist-test", source.Test.Read(new DataOptions()).Name);
        _files.Write("train-labels-idx1-ubyte", MadeUpFiles.Idx(8, [2], [10, 0]));
        Assert.Contains("label of record 0 is 10", Bad(source.Text).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_fashion_set_names_the_package()
    {
        var source = new MnistSource(SourceText.Parse("fashion-mnist"), _files.Root);
        BadDataException error = Assert.Throws<BadDataException>(() => source.Read(new DataOptions()));
        Assert.Contains("apt-get install dataset-fashion-mnist", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Writers_become_subjects_where_digits_agree()
    {
        string images = Images(count: 3);
        string labels = Labels(5, 0, 4);
        int[] rows = [5, 0, 2134, 59, 35, 1, 0, 0, 0, 0, 7, 1, 2, 3, 0, 0, 4, 1, 2134, 4, 5, 6, 0, 0];
        string writers = _files.Write("w", MadeUpFiles.Idx(0x0C, [3, 8], MadeUpFiles.BigEndian(rows)));
        RawDataset data = Read($"idx:{images},{labels}", new DataOptions { WritersFile = writers });
        Assert.Equal([new SubjectId("2134"), new SubjectId("7"), new SubjectId("2134")], data.Subjects!);
        Assert.Equal(["writer", "hsf", "writer_index", "nist_class", "nist_index"], data.Columns.Select(column => column.Name));
        Assert.Equal(59L, data.Columns[2][0]);

        Assert.Contains("row 1 is about the digit 0", Bad($"idx:{images},{Labels(5, 1, 4)}", new DataOptions { WritersFile = writers }).Message, StringComparison.Ordinal);
        Assert.Contains("3 rows, but", Bad($"idx:{Images(count: 2)},{Labels(5, 0)}", new DataOptions { WritersFile = writers }).Message, StringComparison.Ordinal);
        Assert.Contains("not QMNIST's", Bad($"idx:{Images(count: 2)},{Labels(5, 0)}", new DataOptions { WritersFile = labels }).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("record,subject\n2,eve\n0,ann\n1,bob\n", null)]
    [InlineData("subject , record\r\nann,0\r\nbob,1\r\neve,2\r\n", null)]
    [InlineData("ann\nbob\neve\n", null)]
    [InlineData("subject\nann\nbob\neve\n", null)]
    [InlineData("", "is empty")]
    [InlineData("record,person\n0,ann\n", "must name the columns record and subject")]
    [InlineData("record,subject\n0,ann\n1,bob\n", "record 2 has no subject")]
    [InlineData("record,subject\n0,ann\n1,bob\n3,eve\n", "row 4: '3' is no record")]
    [InlineData("record,subject\n0,ann\n1,bob\n1,eve\n", "named a second time")]
    [InlineData("record,subject\n0,ann\n1,\n2,eve\n", "row 3: the subject is empty")]
    [InlineData("ann\nbob\n", "names 2 subjects")]
    public void Subjects_come_from_a_file(string text, string? error)
    {
        string file = _files.Write("subjects.csv", text);
        string source = $"idx:{Images(count: 3)},{Labels(0, 1, 0)}";
        var options = new DataOptions { SubjectsFile = file };
        if (error is null) Assert.Equal(["ann", "bob", "eve"], Read(source, options).Subjects!.Select(subject => subject.Value));
        else Assert.Contains(error, Bad(source, options).Message, StringComparison.Ordinal);
    }

    private static float[] Floats(RawDataset data) => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(data.Samples).ToArray();
}
