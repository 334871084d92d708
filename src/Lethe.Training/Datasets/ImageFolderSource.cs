using Lethe.Core.Errors;

namespace Lethe.Training.Datasets;

/// <summary>
/// image-folder:DIR_OR_TAR[!/SUBFOLDER] — the first folder below the sub-folder is the class, classes are numbered in alphabetical (ordinal)
/// order, records in the order of class and file name. A root that holds train/ and test/ (or val/) has two splits. Without !/ a single folder
/// around everything, as archives have it, is looked through.
/// </summary>
internal sealed class ImageFolderSource : SourceReader
{
    private static readonly string[] TestFolders = ["test", "val"];

    private readonly string _root;
    private readonly string _given;
    private string? _found;

    public ImageFolderSource(SourceText source) : base(source)
    {
        source.Allow(needsPath: true, "split");
        source.Choice("split", "train", "test");
        int mark = source.Path.IndexOf("!/", StringComparison.Ordinal);
        _root = mark < 0 ? source.Path : source.Path[..mark];
        _given = mark < 0 ? "" : source.Path[(mark + 2)..].Trim('/');
        if (_root.Length == 0 || _given.Split('/').Contains("..")) throw DataSource.Unusable($"'{source}' must name a directory or tar, and after !/ a folder inside it.");
    }

    public override string Canonical => (Source with { Path = Absolute(_root) + (_given.Length == 0 ? "" : "!/" + _given) }).ToString();

    public override string? TestText
    {
        get
        {
            if (Source.Option("split") == "test") return null;
            List<string> names = [.. FileTree.Names(_root)];
            if (HasSplits(Below(names, Folder))) return Source.With("split", "test");
            int slash = Folder.LastIndexOf('/') + 1;
            if (Folder[slash..] != "train") return null;
            string? sibling = TestFolders.Select(test => Folder[..slash] + test).FirstOrDefault(test => Below(names, test).Any());
            return sibling is null ? null : (Source with { Path = $"{_root}!/{sibling}" }).ToString();
        }
    }

    public override RawDataset Read(DataOptions options)
    {
        SortedDictionary<string, byte[]> files = FileTree.Collect(_root, name => Inside(name, Folder) is { } inside && IsRecord(inside) ? inside : null);
        string prefix = Prefix([.. files.Keys]);
        List<KeyValuePair<string, byte[]>> records = [.. files.Where(file => file.Key.StartsWith(prefix, StringComparison.Ordinal))];
        if (records.Count == 0) throw new BadDataException($"{Where}: holds no pictures in class folders. The pictures must lie in one folder a class, CLASS/picture.png.");
        string[] folders = [.. records.Select(file => file.Key[prefix.Length..].Split('/', 2)[0])];
        IReadOnlyList<string> classes = options.ClassNames ?? [.. folders.Distinct().Order(StringComparer.Ordinal)];
        ImageStack images = ImageStack.Decode([.. records.Select(file => PictureFile.InMemory(file.Key, file.Value))], Where);
        return new RawDataset
        {
            Name = DataName.Of(_root) + (_given.Length > 0 ? "-" + _given.Replace('/', '-') : "") + (Source.Option("split") == "test" ? "-test" : ""),
            SampleShape = images.Shape,
            IsFloat = false,
            Samples = images.Pixels,
            Labels = [.. folders.Select((folder, i) => ClassIndex(classes, folder, records[i].Key))],
            ClassNames = classes,
            Columns = [MetadataColumn.Texts("file", [.. records.Select(file => file.Key)])],
        };
    }

    private string Where => Folder.Length == 0 ? _root : $"{_root}!/{Folder}";

    private string Folder => _found ??= _given.Length > 0 ? _given : Wrapper([.. FileTree.Names(_root)]);

    /// <summary>The folder that everything lies in with at least one more folder between it and the pictures; otherwise "".</summary>
    private static string Wrapper(IReadOnlyList<string> names)
    {
        string[][] parts = [.. names.Select(name => name.Split('/')).Where(parts => !parts.Any(part => part.StartsWith('.')))];
        int depth = 0;
        while (parts.Where(file => file.Length > depth + 1).Select(file => file[depth]).Distinct().Take(2).Count() == 1
            && parts.Any(file => file.Length > depth + 2)
            && !parts.Any(file => file.Length <= depth + 2 && PictureFile.HasEnding(file[^1])))
            depth++;
        return depth == 0 ? "" : string.Join('/', parts.First(file => file.Length > depth)[..depth]);
    }

    /// <summary>Files directly in the sub-folder (README, lists) and hidden files are no records; a picture there is a mistake.</summary>
    private bool IsRecord(string name)
    {
        if (name.Split('/').Any(part => part.StartsWith('.'))) return false;
        if (name.Contains('/')) return true;
        if (PictureFile.HasEnding(name))
            throw new BadDataException($"{Where}: the picture '{name}' lies in no class folder. Put every picture in a folder named after its class.");
        return false;
    }

    /// <summary>The folder, relative to the sub-folder, whose children are the classes: "" or, with splits, "train/" or "test/".</summary>
    private string Prefix(List<string> names)
    {
        bool test = Source.Option("split") == "test";
        if (HasSplits(names)) return test ? TestFolders.First(folder => names.Any(name => Inside(name, folder) is not null)) + "/" : "train/";
        return Source.Option("split") is null
            ? ""
            : throw new BadDataException($"{Where}: has no folders train and test (or val), so there is no split to choose. Leave out ?split=.");
    }

    private static bool HasSplits(IEnumerable<string> names)
    {
        var top = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in names)
        {
            string[] parts = name.Split('/', 3);
            if (parts.Length == 1 || parts.Any(part => part.StartsWith('.'))) continue;
            if (parts.Length == 2) return false;
            top.Add(parts[0]);
        }
        return top.Contains("train") && top.Count > 1 && top.All(folder => folder == "train" || TestFolders.Contains(folder));
    }

    private static IEnumerable<string> Below(IEnumerable<string> names, string folder) =>
        names.Select(name => Inside(name, folder)).OfType<string>();

    private static string? Inside(string name, string folder)
    {
        if (folder.Length == 0) return name;
        return name.Length > folder.Length + 1 && name[folder.Length] == '/' && name.StartsWith(folder, StringComparison.Ordinal) ? name[(folder.Length + 1)..] : null;
    }

    private int ClassIndex(IReadOnlyList<string> classes, string folder, string file)
    {
        for (int i = 0; i < classes.Count; i++)
        {
            if (classes[i] == folder) return i;
        }
        throw new BadDataException($"{Where}: the folder of '{file}' is none of the training set's classes ({string.Join(", ", classes.Take(12))}…). Use the same class folders in both sets.");
    }
}
