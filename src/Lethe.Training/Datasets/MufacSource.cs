using Lethe.Core.Errors;
using Lethe.Core.Records;

namespace Lethe.Training.Datasets;

/// <summary>
/// mufac:DIR — Korean family faces with ages (Choi and Na, 2023): custom_SPLIT_dataset.csv with family_id, person_id, age_class and
/// image_path, and the pictures in SPLIT_images; the splits are train, val (here: test) and test (here: unseen). The age group is the class,
/// the family (or the person in it) the subject.
/// </summary>
internal sealed class MufacSource : SourceReader
{
    private static readonly string[] AgeGroups = ["0-6", "7-12", "13-19", "20-30", "31-45", "46-55", "56-66", "67-80"];
    private static readonly string[] Header = ["family_id", "person_id", "age_class", "image_path"];

    private readonly string _split;
    private readonly bool _byPerson;

    public MufacSource(SourceText source) : base(source)
    {
        source.Allow(needsPath: true, "split", "subject");
        _split = source.Choice("split", "train", "test", "unseen");
        _byPerson = source.Choice("subject", "family", "person") == "person";
    }

    public override string? TestText => TestOfSplit();

    public override RawDataset Read(DataOptions options)
    {
        string published = _split switch { "train" => "train", "test" => "val", _ => "test" };
        string list = Path.Combine(Source.Path, $"custom_{published}_dataset.csv");
        List<string[]> rows = CsvRows.Read(list, ',');
        int[] columns = rows.Count == 0 ? [] : Array.ConvertAll(Header, name => Array.IndexOf(rows[0], name));
        if (columns.Length == 0 || columns.Any(column => column < 0))
            throw new BadDataException($"{list}: the first line must name the columns {string.Join(", ", Header)}. Name the directory that holds MUFAC.");
        if (rows.Count == 1) throw new BadDataException($"{list}: lists no pictures. Fetch the file again.");
        string folder = Path.Combine(Source.Path, $"{published}_images");
        Face[] faces = [.. rows.Skip(1).Select((row, i) => Parse(row, columns, $"{list}, row {i + 2}"))];
        ImageStack images = ImageStack.Decode([.. faces.Select(face => PictureFile.OnDisk(face.File, Path.Combine(folder, face.File)))], folder);
        int[] labels = [.. faces.Select(face => face.Age - 'a')];
        return new RawDataset
        {
            Name = _split == "train" ? "mufac" : $"mufac-{_split}",
            SampleShape = images.Shape,
            IsFloat = false,
            Samples = images.Pixels,
            Labels = labels,
            ClassNames = LabelCheck.Require(labels, options.ClassNames ?? AgeGroups, list),
            Subjects = [.. faces.Select(face => new SubjectId(_byPerson ? face.Person : face.Family))],
            Columns =
            [
                MetadataColumn.Texts("family", [.. faces.Select(face => face.Family)]),
                MetadataColumn.Texts("person", [.. faces.Select(face => face.Person)]),
                MetadataColumn.Texts("file", [.. faces.Select(face => face.File)]),
            ],
        };
    }

    private static Face Parse(string[] row, int[] columns, string where)
    {
        (string family, string person, string age, string file) = (row[columns[0]], row[columns[1]], row[columns[2]], row[columns[3]]);
        if (family.Length == 0 || person.Length == 0)
            throw new BadDataException($"{where}: the family or the person is missing. Every picture needs both.");
        if (age.Length != 1 || age[0] is < 'a' or > 'h')
            throw new BadDataException($"{where}: '{age}' is no age class; they are a to h.");
        if (!PictureFile.IsPlainName(file))
            throw new BadDataException($"{where}: '{file}' is not the name of a picture file. Pictures lie directly in the folder of their split.");
        return new Face(family, $"{family}/{person}", age[0], file);
    }

    private sealed record Face(string Family, string Person, char Age, string File);
}
