using System.Globalization;
using Lethe.Core.Errors;
using Lethe.Core.Records;

namespace Lethe.Training.Datasets;

/// <summary>
/// mucac:DIR?task=gender|smiling|young — CelebA-HQ with identities (Choi and Na, 2023): CelebA-HQ-img/*.jpg, CelebA-HQ-attribute.txt and
/// CelebA-HQ-identity.txt. The attribute is the class, the identity the subject; splits by identity: test below 190, train 190 to 4854,
/// unseen from 4855 on.
/// </summary>
internal sealed class MucacSource : SourceReader
{
    private const int DefaultSize = 128;
    private const int LargestSize = 1024;
    private const int FirstTrained = 190;
    private const int FirstUnseen = 4855;
    private static readonly Dictionary<string, (string Attribute, string[] Classes)> Tasks = new()
    {
        ["gender"] = ("Male", ["female", "male"]),
        ["smiling"] = ("Smiling", ["not smiling", "smiling"]),
        ["young"] = ("Young", ["not young", "young"]),
    };

    private readonly string _task;
    private readonly string _split;
    private readonly int _size;

    public MucacSource(SourceText source) : base(source)
    {
        source.Allow(needsPath: true, "task", "split", "size");
        _task = source.Choice("task", "gender", "smiling", "young");
        _split = source.Choice("split", "train", "test", "unseen");
        _size = source.Option("size") is not { } text ? DefaultSize
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size is > 0 and <= LargestSize ? size
            : throw DataSource.Unusable($"'{source}': size={text} is not a number of pixels from 1 to {LargestSize}.");
    }

    public override string? TestText => TestOfSplit();

    public override RawDataset Read(DataOptions options)
    {
        var identities = new CelebIdentities(Find("CelebA-HQ-identity.txt", File.Exists));
        var attributes = new CelebAttributes(Find("CelebA-HQ-attribute.txt", File.Exists));
        string folder = Find("CelebA-HQ-img", Directory.Exists);
        string[] files =
        [
            .. Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)).Where(PictureFile.HasEnding)
                .Where(file => SplitOf(identities.Of(file)) == _split)
                .OrderBy(file => file.Length).ThenBy(file => file, StringComparer.Ordinal),
        ];
        if (files.Length == 0) throw new BadDataException($"{folder}: holds no pictures of the {_split} split. Name the directory that holds all of CelebA-HQ.");
        (string attribute, string[] classes) = Tasks[_task];
        int[] labels = [.. files.Select(file => attributes.Has(file, attribute) ? 1 : 0)];
        ImageStack images = ImageStack.Decode([.. files.Select(file => PictureFile.OnDisk(file, Path.Combine(folder, file)))], folder, _size);
        return new RawDataset
        {
            Name = $"mucac-{_task}" + (_split == "train" ? "" : $"-{_split}"),
            SampleShape = images.Shape,
            IsFloat = false,
            Samples = images.Pixels,
            Labels = labels,
            ClassNames = LabelCheck.Require(labels, options.ClassNames ?? classes, folder),
            Subjects = [.. files.Select(file => new SubjectId(identities.Of(file).ToString(CultureInfo.InvariantCulture)))],
            Columns =
            [
                MetadataColumn.Texts("file", files),
                .. Tasks.Select(task => MetadataColumn.Integers(task.Key, [.. files.Select(file => attributes.Has(file, task.Value.Attribute) ? 1 : 0)])),
            ],
        };
    }

    private static string SplitOf(int identity) => identity < FirstTrained ? "test" : identity < FirstUnseen ? "train" : "unseen";

    /// <summary>CelebAMask-HQ's archive has a folder of that name around everything.</summary>
    private string Find(string name, Func<string, bool> exists)
    {
        foreach (string path in (ReadOnlySpan<string>)[Path.Combine(Source.Path, name), Path.Combine(Source.Path, "CelebAMask-HQ", name)])
        {
            if (exists(path)) return path;
        }
        throw new BadDataException($"{Source.Path}: lacks {name}. Name the directory that holds CelebA-HQ-img, CelebA-HQ-attribute.txt and CelebA-HQ-identity.txt.");
    }
}
