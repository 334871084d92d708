using System.Text.RegularExpressions;
using Lethe.Core.Errors;
using Lethe.Core.Records;

namespace Lethe.Training.Datasets;

/// <summary>
/// cmu-faces:DIR_OR_TAR?task=eyes|pose|expression — the CMU face images (Mitchell, 1997): PERSON_POSE_EXPRESSION_EYES.pgm, or a directory with
/// labels.csv and images*.idx4. The person is the subject. There is no test split; every fifth picture of each person serves as one, which
/// visits all poses, expressions and eyes in turn.
/// </summary>
internal sealed partial class CmuFacesSource : SourceReader
{
    private const int TestEvery = 5;
    private const string LabelFile = "labels.csv";
    private static readonly string[] Header = ["file", "identity", "pose", "expression", "eyes"];

    private readonly string _task;
    private readonly bool _test;

    public CmuFacesSource(SourceText source) : base(source)
    {
        source.Allow(needsPath: true, "task", "split");
        _task = source.Choice("task", "eyes", "pose", "expression");
        _test = source.Choice("split", "train", "test") == "test";
    }

    public override string? TestText => TestOfSplit();

    public override RawDataset Read(DataOptions options)
    {
        (IReadOnlyList<Face> faces, IReadOnlyList<long> shape, byte[] pixels) = File.Exists(Path.Combine(Source.Path, LabelFile)) ? ReadIdx() : ReadPictures();
        int length = (int)shape.Aggregate(1L, (a, b) => a * b);
        int[] records = Split(faces);
        var samples = new byte[records.Length * length];
        for (int i = 0; i < records.Length; i++) pixels.AsSpan(records[i] * length, length).CopyTo(samples.AsSpan(i * length));
        Face[] chosen = [.. records.Select(record => faces[record])];
        IReadOnlyList<string> classes = options.ClassNames ?? [.. faces.Select(TaskOf).Distinct().Order(StringComparer.Ordinal)];
        var index = classes.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i, StringComparer.Ordinal);
        return new RawDataset
        {
            Name = $"cmu-faces-{_task}" + (_test ? "-test" : ""),
            SampleShape = shape,
            IsFloat = false,
            Samples = samples,
            Labels = [.. chosen.Select(face => index.TryGetValue(TaskOf(face), out int label) ? label : throw Unknown(face, classes))],
            ClassNames = classes,
            Subjects = [.. chosen.Select(face => new SubjectId(face.Person))],
            Columns =
            [
                MetadataColumn.Texts("file", [.. chosen.Select(face => face.File)]),
                MetadataColumn.Texts("pose", [.. chosen.Select(face => face.Pose)]),
                MetadataColumn.Texts("expression", [.. chosen.Select(face => face.Expression)]),
                MetadataColumn.Texts("eyes", [.. chosen.Select(face => face.Eyes)]),
            ],
        };
    }

    private (IReadOnlyList<Face>, IReadOnlyList<long>, byte[]) ReadIdx()
    {
        string labels = Path.Combine(Source.Path, LabelFile);
        List<string[]> rows = CsvRows.Read(labels, ',');
        int[] columns = rows.Count == 0 ? [] : Array.ConvertAll(Header, name => Array.IndexOf(rows[0], name));
        if (columns.Length == 0 || columns.Any(column => column < 0) || rows.Any(row => columns.Any(column => row[column].Length == 0)))
            throw new BadDataException($"{labels}: must have the columns {string.Join(", ", Header)}, all filled in. Fetch the file again.");
        string[] images = Directory.GetFiles(Source.Path, "images*.idx4*");
        if (images.Length != 1) throw new BadDataException($"{Source.Path}: must hold one file images*.idx4(.gz) beside {LabelFile}; it holds {images.Length}.");
        IdxFile file = IdxFile.Read(images[0]);
        if (!file.IsBytes || file.Shape.Count != 4)
            throw new BadDataException($"{images[0]}: the pictures must be bytes of shape (N, C, H, W), not ({string.Join(", ", file.Shape)}). Fetch the file again.");
        LabelCheck.RequireCount((int)file.Shape[0], images[0], rows.Count - 1, labels);
        return ([.. rows.Skip(1).Select(row => new Face(row[columns[0]], row[columns[1]], row[columns[2]], row[columns[3]], row[columns[4]]))], [.. file.Shape.Skip(1)], file.Bytes);
    }

    /// <summary>The archive holds pictures in full, half (_2) and quarter size (_4); the half ones are taken where they are there.</summary>
    private (IReadOnlyList<Face>, IReadOnlyList<long>, byte[]) ReadPictures()
    {
        SortedDictionary<string, byte[]> files = FileTree.Collect(Source.Path, name => FilePattern().Match(name) is { Success: true } match ? match.Groups["key"].Value : null);
        var bySize = files.GroupBy(file => FilePattern().Match(file.Key).Groups["size"].Value).ToDictionary(group => group.Key, group => group.ToList());
        List<KeyValuePair<string, byte[]>> chosen = bySize.GetValueOrDefault("_2") ?? bySize.GetValueOrDefault("") ?? bySize.GetValueOrDefault("_4")
            ?? throw new BadDataException($"{Source.Path}: holds no pictures PERSON_POSE_EXPRESSION_EYES.pgm and no {LabelFile}. Name the directory or tar of the CMU face images.");
        ImageStack images = ImageStack.Decode([.. chosen.Select(file => PictureFile.InMemory(file.Key, file.Value))], Source.Path);
        return ([.. chosen.Select(file => FaceOf(file.Key))], images.Shape, images.Pixels);
    }

    private int[] Split(IReadOnlyList<Face> faces)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var records = new List<int>();
        for (int i = 0; i < faces.Count; i++)
        {
            int number = seen[faces[i].Person] = seen.GetValueOrDefault(faces[i].Person) + 1;
            if (number % TestEvery == 0 == _test) records.Add(i);
        }
        return records.Count > 0
            ? [.. records]
            : throw new BadDataException($"{Source.Path}: no person has {TestEvery} pictures or more, so there is no test split. Leave out ?split=test.");
    }

    private string TaskOf(Face face) => _task switch { "eyes" => face.Eyes, "pose" => face.Pose, _ => face.Expression };

    private static Face FaceOf(string name)
    {
        GroupCollection parts = FilePattern().Match(name).Groups;
        return new Face(name, parts["person"].Value, parts["pose"].Value, parts["expression"].Value, parts["eyes"].Value);
    }

    private BadDataException Unknown(Face face, IReadOnlyList<string> classes) =>
        new($"{Source.Path}: the {_task} of '{face.File}' is '{TaskOf(face)}', none of the training set's classes ({string.Join(", ", classes)}). Use the same task for both sets.");

    private sealed record Face(string File, string Person, string Pose, string Expression, string Eyes);

    [GeneratedRegex(@"(^|/)(?<key>(?<person>[a-z0-9]+)_(?<pose>left|right|straight|up)_(?<expression>neutral|happy|sad|angry)_(?<eyes>open|sunglasses)(?<size>(_2|_4)?)\.pgm)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex FilePattern();
}
