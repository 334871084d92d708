using System.Globalization;
using Lethe.Core.Errors;

namespace Lethe.Training.Datasets;

/// <summary>idx:IMAGES,LABELS — any two IDX files. Unsigned bytes of three or four dimensions are images; all else becomes Float32.</summary>
internal sealed class IdxSource : SourceReader
{
    private readonly string _samples;
    private readonly string _labels;
    private readonly int? _classes;

    public IdxSource(SourceText source) : base(source)
    {
        source.Allow(needsPath: true, "classes");
        string[] paths = source.Path.Split(',');
        if (paths.Length != 2 || paths.Any(string.IsNullOrWhiteSpace))
            throw DataSource.Unusable($"'{source}' must name two files, separated by one comma.");
        (_samples, _labels) = (paths[0].Trim(), paths[1].Trim());
        if (source.Option("classes") is { } text)
        {
            _classes = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int classes) && classes is > 0 and <= LabelCheck.MaxClasses
                ? classes
                : throw DataSource.Unusable($"'{source}': classes={text} is not a number from 1 to {LabelCheck.MaxClasses}.");
        }
    }

    public override string Canonical => (Source with { Path = Absolute(_samples) + "," + Absolute(_labels) }).ToString();

    public override RawDataset Read(DataOptions options)
    {
        IReadOnlyList<string>? names = options.ClassNames ?? (_classes is { } count ? LabelCheck.Numbers(count) : null);
        return ReadPair(_samples, _labels, DataName.Of(_samples), names);
    }

    public static RawDataset ReadPair(string samplesPath, string labelsPath, string name, IReadOnlyList<string>? classNames)
    {
        IdxFile labels = IdxFile.Read(labelsPath);
        if (labels.Shape.Count != 1 || !labels.IsInteger)
            throw new BadDataException($"{labelsPath}: labels must be an IDX array of integers with one dimension; this one has the shape ({string.Join(", ", labels.Shape)}). "
                + "Give the label file of the samples (QMNIST's files of writers go to --writers).");
        IdxFile samples = IdxFile.Read(samplesPath);
        if (samples.Shape.Count is < 2 or > 4)
            throw new BadDataException($"{samplesPath}: samples must have the shape (N, H, W), (N, C, H, W) or (N, F); this array has ({string.Join(", ", samples.Shape)}). Are the two files swapped?");
        LabelCheck.RequireCount((int)samples.Shape[0], samplesPath, (int)labels.Shape[0], labelsPath);
        int[] values = labels.ToIntegers();
        IReadOnlyList<string> names = LabelCheck.Require(values, classNames, labelsPath);
        bool image = samples.IsBytes && samples.Shape.Count > 2;
        return new RawDataset
        {
            Name = name,
            SampleShape = samples.Shape.Count == 3 ? [1, samples.Shape[1], samples.Shape[2]] : [.. samples.Shape.Skip(1)],
            IsFloat = !image,
            Samples = image ? samples.Bytes : samples.ToFloatBytes(),
            Labels = values,
            ClassNames = names,
        };
    }
}
