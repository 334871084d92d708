using Lethe.Core.Errors;

namespace Lethe.Training.Datasets;

/// <summary>svhn-grey:DIR — grey digits cut from SVHN's photographs: SPLIT-images.idx3, SPLIT-labels.idx1, SPLIT-house.txt; the house is the subject.</summary>
internal sealed class SvhnGreySource : SourceReader
{
    private readonly string _split;

    public SvhnGreySource(SourceText source) : base(source)
    {
        source.Allow(needsPath: true, "split");
        _split = source.Choice("split", "train", "test");
    }

    public override string? TestText => TestOfSplit();

    public override RawDataset Read(DataOptions options)
    {
        string name = _split == "train" ? "svhn-grey" : "svhn-grey-test";
        RawDataset data = IdxSource.ReadPair(Find("images.idx3"), Find("labels.idx1"), name, options.ClassNames ?? LabelCheck.Numbers(10));
        return SubjectsFile.Attach(data, Find("house.txt"));
    }

    private string Find(string part)
    {
        string path = Path.Combine(Source.Path, $"{_split}-{part}");
        foreach (string candidate in (ReadOnlySpan<string>)[path, path + ".gz"])
        {
            if (File.Exists(candidate)) return candidate;
        }
        throw new BadDataException($"{Source.Path}: lacks {_split}-{part}(.gz). Name the directory that holds the images, labels and houses of SVHN-grey.");
    }
}
