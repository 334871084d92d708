using Lethe.Core.Errors;

namespace Lethe.Training.Datasets;

/// <summary>mnist:DIR and fashion-mnist — the four IDX files under their usual names, raw or .gz.</summary>
internal sealed class MnistSource : SourceReader
{
    private static readonly string[] Garments =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    private readonly string _directory;
    private readonly bool _fashion;
    private readonly bool _test;

    public MnistSource(SourceText source, string? fashionDirectory) : base(source)
    {
        _fashion = fashionDirectory is not null;
        source.Allow(needsPath: !_fashion, "split");
        _directory = fashionDirectory ?? source.Path;
        _test = source.Choice("split", "train", "test") == "test";
    }

    public override string? TestText => TestOfSplit();

    public override RawDataset Read(DataOptions options)
    {
        string prefix = _test ? "t10k" : "train";
        string images = Find($"{prefix}-images", "idx3");
        string labels = Find($"{prefix}-labels", "idx1");
        string name = (_fashion ? "fashion-mnist" : "mnist") + (_test ? "-test" : "");
        return IdxSource.ReadPair(images, labels, name, options.ClassNames ?? (_fashion ? Garments : LabelCheck.Numbers(10)));
    }

    private string Find(string stem, string kind)
    {
        foreach (string name in (ReadOnlySpan<string>)[$"{stem}-{kind}-ubyte", $"{stem}.{kind}-ubyte"])
        {
            foreach (string ending in (ReadOnlySpan<string>)["", ".gz"])
            {
                string path = Path.Combine(_directory, name + ending);
                if (File.Exists(path)) return path;
            }
        }
        throw new BadDataException(_fashion
            ? $"Fashion-MNIST is not installed ({_directory} lacks {stem}-{kind}-ubyte.gz). Install Debian's package: apt-get install dataset-fashion-mnist"
            : $"{_directory}: lacks {stem}-{kind}-ubyte(.gz). Name the directory that holds MNIST's four IDX files.");
    }
}
