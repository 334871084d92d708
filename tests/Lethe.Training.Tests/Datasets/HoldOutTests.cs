using System.Globalization;
using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Training.Datasets;

namespace Lethe.Training.Tests.Datasets;

public sealed class HoldOutTests : IDisposable
{
    private readonly MadeUpFiles _files = new();

    public void Dispose() => _files.Dispose();

    /// <summary>A CSV source whose feature is the record's number.</summary>
    private string Csv(int count, Func<int, string> label, Func<int, string> person, string options)
    {
        string rows = string.Join('\n', Enumerable.Range(0, count).Select(i => $"{i},{label(i)},{person(i)}"));
        return $"csv:{_files.Write("table.csv", "n,y,who\n" + rows + "\n")}?label=y{options}";
    }

    private static (RawDataset Training, RawDataset HeldOut) Parts(string text, DataOptions? options = null)
    {
        DataSource source = DataSource.Parse(text);
        DataSource rest = source.Test!;
        Assert.True(source is { HasHoldOut: true, IsHeldOut: false } && rest.IsHeldOut && rest.Test is null);
        return (source.Read(options ?? new DataOptions()), rest.Read(options ?? new DataOptions()));
    }

    private static IEnumerable<long> Numbers(RawDataset data) => Enumerable.Range(0, data.Count).Select(i => (long)data.Columns.First(column => column.Name == "n")[i]);

    [Fact]
    public void Without_people_every_class_gives_the_same_share()
    {
        string text = Csv(100, i => i % 4 == 0 ? "a" : "b", _ => "p", "&drop=who&hold-out=0.2");
        (RawDataset training, RawDataset held) = Parts(text);
        Assert.Equal((80, 20), (training.Count, held.Count));
        Assert.Equal((5, 15), (held.Labels.Count(label => label == 0), held.Labels.Count(label => label == 1)));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), Numbers(training).Concat(Numbers(held)).Order());
        Assert.Equal(Numbers(training), training.Numbering!.Numbers.Select(number => (long)number));
        Assert.Equal((100, "table", "table-held-out"), (training.Numbering.SourceCount, training.Name, held.Name));
        Assert.Equal(training.Samples, DataSource.Parse(text).Read(new DataOptions()).Samples);
        Assert.Equal(training.Encoding, held.Encoding, (a, b) => a!.Columns[0].Mean == b!.Columns[0].Mean);
    }

    [Fact]
    public void The_choice_is_a_function_of_the_labels_and_the_share_that_never_changes()
    {
        (_, RawDataset held) = Parts(Csv(20, i => i < 10 ? "a" : "b", _ => "p", "&drop=who&hold-out=0.3"));
        Assert.Equal([0L, 1, 9, 13, 15, 16], Numbers(held)); // tests/reference/hold_out.py
    }

    [Fact]
    public void No_person_is_on_both_sides()
    {
        string text = Csv(300, i => i % 3 == 0 ? "a" : "b", i => $"p{i % 40}", "&subject=who&hold-out=0.1");
        (RawDataset training, RawDataset held) = Parts(text);
        Assert.InRange(held.Count, 26, 34);
        Assert.Empty(training.Subjects!.Intersect(held.Subjects!));
        Assert.Equal(300, training.Count + held.Count);
        string file = _files.Write("people.csv", string.Join('\n', Enumerable.Range(0, 300).Select(i => $"p{i % 40}")));
        (RawDataset byFile, RawDataset restByFile) = Parts(Csv(300, i => i % 3 == 0 ? "a" : "b", i => $"p{i % 40}", "&drop=who&hold-out=0.1"), new DataOptions { SubjectsFile = file });
        Assert.Equal(training.Numbering!.Numbers, byFile.Numbering!.Numbers);
        Assert.Equal(held.Subjects, restByFile.Subjects);
    }

    [Fact]
    public void Where_each_class_is_one_person_the_pictures_of_everybody_are_split()
    {
        (RawDataset training, RawDataset held) = Parts(Csv(50, i => $"c{i % 5}", i => $"p{i % 5}", "&subject=who&hold-out=0.2"));
        Assert.Equal((40, 10), (training.Count, held.Count));
        Assert.Equal(5, held.Subjects!.Distinct().Count());
    }

    [Fact]
    public void A_class_never_loses_its_last_record()
    {
        (RawDataset training, _) = Parts(Csv(40, i => i == 7 ? "rare" : "common", i => $"p{i % 10}", "&subject=who&hold-out=0.8"));
        Assert.Equal(2, training.Labels.Distinct().Count());
        string alone = Csv(3, i => $"c{i}", i => $"p{i}", "&subject=who&hold-out=0.5");
        Assert.Contains("no record can be held out", Assert.Throws<BadDataException>(() => DataSource.Parse(alone).Read(new DataOptions())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Predicates_and_records_speak_of_the_numbers_in_the_source()
    {
        using TensorDataset data = DataSource.Parse(Csv(100, i => i % 2 == 0 ? "a" : "b", _ => "p", "&drop=who&hold-out=0.3")).Load();
        IReadOnlyList<RecordId> last = data.Metadata.Where("record >= 90");
        Assert.All(last, record => Assert.InRange(data.Manifest.SourceNumber(record), 90, 99));
        Assert.Equal(data.Metadata.Where("n >= 90"), last);
        Assert.Equal(last, last.Select(record => data.Manifest.Numbering!.Find(data.Manifest.SourceNumber(record))!.Value));
        int held = Enumerable.Range(0, 100).First(number => data.Manifest.Numbering!.Find(number) is null);
        Assert.Empty(data.Metadata.Where(string.Create(CultureInfo.InvariantCulture, $"record = {held}")));
        using TensorDataset relabelled = data.WithLabels(data.Manifest.Labels);
        Assert.Equal(last, relabelled.Metadata.Where("record >= 90"));
        using TensorDataset some = data.Select([5, 6]);
        Assert.Null(some.Manifest.Numbering);
    }

    [Theory]
    [InlineData("csv:a.csv?label=y&hold-out=0")]
    [InlineData("csv:a.csv?label=y&hold-out=1")]
    [InlineData("csv:a.csv?label=y&hold-out=-0.5")]
    [InlineData("csv:a.csv?label=y&hold-out=ten")]
    [InlineData("csv:a.csv?label=y&hold-out=0.1&part=other")]
    [InlineData("csv:a.csv?label=y&part=held-out")]
    public void A_share_that_is_none_is_refused(string text) => Assert.Throws<UsageException>(() => DataSource.Parse(text));

    [Fact]
    public void A_source_with_a_test_split_needs_no_hold_out()
    {
        DataSource source = DataSource.Parse("mnist:/data").WithHoldOut(0.1);
        Assert.Contains("'mnist:/data' has a test split of its own", Assert.Throws<UsageException>(() => source.Test).Message, StringComparison.Ordinal);
        Assert.Throws<UsageException>(() => source.Load());
        Assert.Throws<UsageException>(() => source.WithHoldOut(0.2));
        DataSource part = DataSource.Parse("mnist:/data?split=test").WithHoldOut(0.1);
        Assert.Equal("mnist:/data?hold-out=0.1&part=held-out&split=test", part.Test?.Text);
        Assert.Equal("mnist:/data?hold-out=0.1&part=held-out&split=test", part.Test!.Canonical);
        Assert.Equal("mnist:/data?hold-out=0.1&split=test", part.Canonical);
    }
}
