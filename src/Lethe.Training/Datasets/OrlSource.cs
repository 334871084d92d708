using System.Globalization;
using System.Text.RegularExpressions;
using Lethe.Core.Errors;
using Lethe.Core.Records;

namespace Lethe.Training.Datasets;

/// <summary>
/// orl:DIR_OR_TAR — the ORL faces (AT&amp;T Laboratories Cambridge, 1994): s1…s40, each with 1.pgm…10.pgm. The person is the class and the
/// subject. The set has no test split; the last fifth of each person's pictures (9 and 10) serves as one.
/// </summary>
internal sealed partial class OrlSource : SourceReader
{
    private const int TestShare = 5;

    private readonly bool _test;

    public OrlSource(SourceText source) : base(source)
    {
        source.Allow(needsPath: true, "split");
        _test = source.Choice("split", "train", "test") == "test";
    }

    public override string? TestText => TestOfSplit();

    public override RawDataset Read(DataOptions options)
    {
        SortedDictionary<string, byte[]> files = FileTree.Collect(Source.Path, name => FilePattern().Match(name) is { Success: true } match ? match.Groups["key"].Value : null);
        Portrait[] pictures = [.. files.Select(file => PortraitOf(file.Key, file.Value)).OrderBy(picture => picture.Person).ThenBy(picture => picture.Number)];
        if (pictures.Length == 0)
            throw new BadDataException($"{Source.Path}: holds no pictures s1/1.pgm, s1/2.pgm, … Name the directory or tar of the ORL faces.");
        string[] people = [.. pictures.Select(picture => PersonName(picture.Person)).Distinct()];
        var records = pictures.GroupBy(picture => picture.Person)
            .SelectMany(person => _test ? person.TakeLast(person.Count() / TestShare) : person.SkipLast(person.Count() / TestShare)).ToList();
        if (records.Count == 0)
            throw new BadDataException($"{Source.Path}: no person has {TestShare} pictures or more, so there is no test split. Leave out ?split=test.");
        IReadOnlyList<string> classes = options.ClassNames ?? people;
        var index = classes.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i, StringComparer.Ordinal);
        ImageStack images = ImageStack.Decode([.. records.Select(record => record.File)], Source.Path);
        return new RawDataset
        {
            Name = _test ? "orl-test" : "orl",
            SampleShape = images.Shape,
            IsFloat = false,
            Samples = images.Pixels,
            Labels = [.. records.Select(record => index.TryGetValue(PersonName(record.Person), out int label) ? label : throw Unknown(record.File, classes))],
            ClassNames = classes,
            Subjects = [.. records.Select(record => new SubjectId(PersonName(record.Person)))],
            Columns = [MetadataColumn.Texts("file", [.. records.Select(record => record.File.Name)]), MetadataColumn.Integers("picture", [.. records.Select(record => record.Number)])],
        };
    }

    private static string PersonName(int person) => "s" + person.ToString(CultureInfo.InvariantCulture);

    private static Portrait PortraitOf(string name, byte[] data)
    {
        Match match = FilePattern().Match(name);
        int Number(string group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        return new Portrait(Number("person"), Number("number"), PictureFile.InMemory(name, data));
    }

    private BadDataException Unknown(PictureFile file, IReadOnlyList<string> classes) =>
        new($"{Source.Path}: '{file.Name}' shows none of the training set's {classes.Count} people. Use the same people in both sets.");

    private sealed record Portrait(int Person, int Number, PictureFile File);

    [GeneratedRegex(@"(^|/)(?<key>s(?<person>[0-9]{1,6})/(?<number>[0-9]{1,6})\.(pgm|png|jpg|jpeg|bmp))$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex FilePattern();
}
