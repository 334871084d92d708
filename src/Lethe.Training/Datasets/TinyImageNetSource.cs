using System.Text;
using Lethe.Core.Errors;

namespace Lethe.Training.Datasets;

/// <summary>
/// tiny-imagenet:DIR_OR_TAR — train/WNID/images/*.JPEG and val/images/*.JPEG with val_annotations.txt, as published, or WNID/*.JPEG in both.
/// Classes are WordNet numbers in alphabetical order (those of wnids.txt where it is there); words.txt becomes a column.
/// </summary>
internal sealed class TinyImageNetSource : SourceReader
{
    private const string ClassList = "wnids.txt";
    private const string Words = "words.txt";
    private const string Annotations = "val/val_annotations.txt";

    private readonly bool _test;

    public TinyImageNetSource(SourceText source) : base(source)
    {
        source.Allow(needsPath: true, "split");
        _test = source.Choice("split", "train", "test") == "test";
    }

    public override string? TestText => TestOfSplit();

    public override RawDataset Read(DataOptions options)
    {
        string folder = _test ? "val" : "train";
        SortedDictionary<string, byte[]> files = FileTree.Collect(Source.Path, name => Key(name, folder));
        Dictionary<string, string> annotations = Pairs(files, Annotations);
        (string Class, PictureFile File)[] records =
        [
            .. files.Where(file => PictureFile.HasEnding(file.Key))
                .Select(file => (ClassOf(file.Key, annotations), PictureFile.InMemory(file.Key[(folder.Length + 1)..], file.Value)))
                .OrderBy(record => record.Item1, StringComparer.Ordinal),
        ];
        if (records.Length == 0)
            throw new BadDataException($"{Source.Path}: holds no pictures below {folder}/. Name the directory or tar of Tiny-ImageNet (unpack a .zip first), with {folder}/WNID/images/*.JPEG inside.");
        IReadOnlyList<string> classes = options.ClassNames ?? Classes(files, records.Select(record => record.Class));
        var index = classes.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i, StringComparer.Ordinal);
        int[] labels = [.. records.Select(record => index.TryGetValue(record.Class, out int label) ? label : throw Unknown(record.File.Name, record.Class, classes))];
        ImageStack images = ImageStack.Decode([.. records.Select(record => record.File)], Source.Path);
        return new RawDataset
        {
            Name = _test ? "tiny-imagenet-test" : "tiny-imagenet",
            SampleShape = images.Shape,
            IsFloat = false,
            Samples = images.Pixels,
            Labels = labels,
            ClassNames = classes,
            Columns = Columns(files, records),
        };
    }

    /// <summary>The name without a folder around everything; null for what is not needed.</summary>
    private static string? Key(string name, string folder)
    {
        string[] parts = name.Split('/');
        if (parts.Any(part => part.StartsWith('.'))) return null;
        if (parts.Length > 1 && parts[0] is not ("train" or "val" or "test")) parts = parts[1..];
        string inner = string.Join('/', parts);
        return inner is ClassList or Words or Annotations || (parts.Length is 3 or 4 && parts[0] == folder && PictureFile.HasEnding(inner)) ? inner : null;
    }

    private string ClassOf(string name, Dictionary<string, string> annotations)
    {
        string[] parts = name.Split('/');
        if (parts[1] != "images") return parts[1];
        return annotations.TryGetValue(parts[^1], out string? wnid)
            ? wnid
            : throw new BadDataException($"{Source.Path}: '{name}' has no line in {Annotations}, so its class is not known. Unpack Tiny-ImageNet again.");
    }

    private string[] Classes(SortedDictionary<string, byte[]> files, IEnumerable<string> found)
    {
        string[] listed = files.TryGetValue(ClassList, out byte[]? text)
            ? Encoding.UTF8.GetString(text).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : [];
        string[] classes = [.. (listed.Length > 0 ? listed : found).Distinct().Order(StringComparer.Ordinal)];
        return classes.Length <= LabelCheck.MaxClasses
            ? classes
            : throw new BadDataException($"{Source.Path}: {classes.Length:N0} classes are more than the {LabelCheck.MaxClasses:N0} that are possible. Check {ClassList}.");
    }

    private static MetadataColumn[] Columns(SortedDictionary<string, byte[]> files, (string Class, PictureFile File)[] records)
    {
        MetadataColumn file = MetadataColumn.Texts("file", [.. records.Select(record => record.File.Name)]);
        Dictionary<string, string> words = Pairs(files, Words);
        return words.Count == 0 ? [file] : [file, MetadataColumn.Texts("words", [.. records.Select(record => words.GetValueOrDefault(record.Class, ""))])];
    }

    /// <summary>The first two fields of each line of a file whose fields are separated by tabs; empty where there is no such file.</summary>
    private static Dictionary<string, string> Pairs(SortedDictionary<string, byte[]> files, string name)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!files.TryGetValue(name, out byte[]? text)) return pairs;
        foreach (string line in Encoding.UTF8.GetString(text).Split('\n'))
        {
            string[] fields = line.TrimEnd('\r').Split('\t');
            if (fields.Length > 1) pairs[fields[0]] = fields[1];
        }
        return pairs;
    }

    private BadDataException Unknown(string file, string wnid, IReadOnlyList<string> classes) =>
        new($"{Source.Path}: '{file}' is of the class '{wnid}', which is none of the {classes.Count} known ones ({string.Join(", ", classes.Take(3))}, …). Unpack Tiny-ImageNet again.");
}
