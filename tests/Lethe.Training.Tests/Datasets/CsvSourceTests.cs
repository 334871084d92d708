using System.Runtime.InteropServices;
using Lethe.Core.Errors;
using Lethe.Core.Store;
using Lethe.Training.Datasets;

namespace Lethe.Training.Tests.Datasets;

public sealed class CsvSourceTests : IDisposable
{
    private const string People = "name, age, work, tall, pay\nann, 20, office, 0, low\nbob, 30, farm, 1, high\nann, 40, office, 1, low\n";

    private readonly MadeUpFiles _files = new();

    public void Dispose() => _files.Dispose();

    private RawDataset Read(string text, string options, DataOptions? data = null) =>
        DataSource.Parse($"csv:{_files.Write("t.csv", text)}?{options}").Read(data ?? new DataOptions());

    private string Error(string text, string options, DataOptions? data = null)
    {
        BadDataException error = Assert.Throws<BadDataException>(() => Read(text, options, data));
        Assert.StartsWith(_files.PathOf("t.csv"), error.Message, StringComparison.Ordinal);
        return error.Message;
    }

    private static float[] Features(RawDataset data) => MemoryMarshal.Cast<byte, float>(data.Samples).ToArray();

    [Fact]
    public void Columns_are_typed_and_encoded()
    {
        RawDataset data = Read(People, "label=pay&subject=name");
        float far = (float)(10 / Math.Sqrt(200.0 / 3));
        Assert.Equal([4], data.SampleShape);
        Assert.Equal([-far, 0, 1, 0, 0, 1, 0, 1, far, 0, 1, 1], Features(data));
        Assert.Equal(["high", "low"], data.ClassNames);
        Assert.Equal([1, 0, 1], data.Labels);
        Assert.Equal(["ann", "bob", "ann"], data.Subjects!.Select(subject => subject.Value));
        Assert.Equal([("age", ColumnKind.Numeric), ("work", ColumnKind.OneHot), ("tall", ColumnKind.Numeric)], data.Encoding!.Columns.Select(column => (column.Name, column.Kind)));
        Assert.Equal((30, 8.16496580927726), (data.Encoding.Columns[0].Mean, Math.Round(data.Encoding.Columns[0].StandardDeviation, 14)));
        Assert.Equal((0, 1), (data.Encoding.Columns[2].Mean, data.Encoding.Columns[2].StandardDeviation));
        Assert.Equal(["TEXT", "INTEGER", "TEXT", "INTEGER", "TEXT"], data.Columns.Select(column => column.SqlType));
    }

    [Fact]
    public void Categories_can_be_ordinal_and_columns_left_out()
    {
        RawDataset data = Read(People, "label=pay&drop=name,age,tall&encode=ordinal");
        float below = (float)((0 - 2.0 / 3) / Math.Sqrt(2.0 / 9));
        float above = (float)((1 - 2.0 / 3) / Math.Sqrt(2.0 / 9));
        Assert.Equal([above, below, above], Features(data));
        Assert.Equal(["farm", "office"], data.Encoding!.Columns.Single().Categories);
    }

    [Fact]
    public void Packed_and_headerless_files_are_read()
    {
        byte[] text = "\"10\";1,5;x\n\"9\";2;\"y;z\"\n"u8.ToArray();
        byte[] plain = "\"10\",1,0\n\"9\",2.5,1\n\n"u8.ToArray();
        foreach (byte[] packed in new[] { plain, MadeUpFiles.Gzip(plain), MadeUpFiles.Gzip(MadeUpFiles.Tar(("bangkok", plain))) })
        {
            RawDataset data = DataSource.Parse($"csv:{_files.Write("location.tgz", packed)}?label=c0&header=no").Read(new DataOptions());
            Assert.Equal(["9", "10"], data.ClassNames);
            Assert.Equal([1, 0], data.Labels);
            Assert.Equal([-1, 0, 1, 1], Features(data));
            Assert.Equal("location", data.Name);
        }
        RawDataset semicolons = DataSource.Parse($"csv:{_files.Write("s.csv", text)}?label=c0&header=no&separator=;").Read(new DataOptions());
        Assert.Equal(["x", "y;z"], semicolons.Encoding!.Columns[1].Categories);
    }

    [Fact]
    public void A_test_set_is_encoded_as_its_training_set()
    {
        RawDataset train = Read(People, "label=pay&drop=name");
        var options = new DataOptions { ClassNames = train.ClassNames, Encoding = CanonicalJson.Deserialize<TabularEncoding>(CanonicalJson.Serialize(train.Encoding)) };
        RawDataset test = Read("pay,work,tall,age\nlow,farm,1,30\n", "label=pay", options);
        Assert.Equal([0, 1, 0, 1], Features(test));
        Assert.Equal([1], test.Labels);
        Assert.Contains("row 2, column 'work': the category 'sea' does not occur", Error("pay,work,tall,age\nlow,sea,1,30\n", "label=pay", options), StringComparison.Ordinal);
        Assert.Contains("row 2, column 'pay': 'middle' is none", Error("pay,work,tall,age\nmiddle,farm,1,30\n", "label=pay", options), StringComparison.Ordinal);
        Assert.Contains("has no column 'age'", Error("pay,work,tall\nlow,farm,1\n", "label=pay", options), StringComparison.Ordinal);
        Assert.Contains("'old' is not a finite number", Error("pay,work,tall,age\nlow,farm,1,old\n", "label=pay", options), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,b\n1,2\n", "label=c", "has no column 'c'. Its columns are a, b.")]
    [InlineData("5,0\n1,2\n", "label=c0", "The first row looks like data: add header=no")]
    [InlineData("a,b\n1,2\n", "label=a&subject=who", "has no column 'who'")]
    [InlineData("a,b\n1,2\n", "label=a&drop=x", "has no column 'x'")]
    [InlineData("a,b\n1,2\n", "label=a&drop=b", "no column is left")]
    [InlineData("a,a\n1,2\n", "label=a", "names the column 'a' twice")]
    [InlineData("a,b\n", "label=a", "holds no records")]
    [InlineData("", "label=a", "holds no records")]
    [InlineData("y,b\nk,1\nk,nan\n", "label=y", "row 3, column 'b': 'nan' is not a finite number")]
    [InlineData("y,b\nk,1\nk,-inf\n", "label=y", "row 3, column 'b': '-inf' is not")]
    [InlineData("y,b\nk,1e400\nk,2\n", "label=y", "row 2, column 'b': '1e400' is not")]
    [InlineData("y,b\nk,1\nk,\nk,2\n", "label=y", "row 3, column 'b': the value is missing")]
    [InlineData("y,b\nk,1\nk,NA\nk,2\n", "label=y", "row 3, column 'b': 'NA' is not")]
    [InlineData("y,b\nk,red\nk,\n", "label=y", "row 3, column 'b': the value is missing")]
    [InlineData("y,b\nk,1\n,2\n", "label=y", "row 3, column 'y': the label is missing")]
    [InlineData("y,b,s\nk,1,me\nk,2,\n", "label=y&subject=s", "row 3, column 's': the subject is missing")]
    [InlineData("y,b\nk,1\nk,2,3\n", "label=y", "row 3: has 3 fields where the first row has 2")]
    [InlineData("y,b\nk,\"1\nk,2\n", "label=y", "row 2: cannot be read as CSV")]
    public void Bad_tables_are_refused_with_row_and_column(string text, string options, string message) =>
        Assert.Contains(message, Error(text, options), StringComparison.Ordinal);

    [Fact]
    public void A_cut_gzip_table_is_refused()
    {
        byte[] gzip = MadeUpFiles.Gzip(System.Text.Encoding.UTF8.GetBytes("y,b\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"k,{i * 7919 % 1000}\n"))));
        string path = _files.Write("cut.csv.gz", gzip[..(gzip.Length / 2)]);
        BadDataException error = Assert.Throws<BadDataException>(() => DataSource.Parse($"csv:{path}?label=y").Read(new DataOptions()));
        Assert.StartsWith($"{path}: the gzip data are cut off", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Question_marks_are_a_category_among_words()
    {
        RawDataset data = Read("y,work\nk,farm\nl,?\n", "label=y");
        Assert.Equal(["?", "farm"], data.Encoding!.Columns.Single().Categories);
    }

    [Fact]
    public void Values_that_overflow_a_float_are_refused() =>
        Assert.Contains("row 2, column 'b'", Error("pay,b\nlow,1e200\n", "label=pay", new DataOptions { Encoding = new TabularEncoding { Columns = [new ColumnEncoding { Name = "b", Kind = ColumnKind.Numeric }] } }), StringComparison.Ordinal);
}
