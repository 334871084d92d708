using System.Globalization;
using System.IO.Compression;
using Lethe.Core.Errors;
using Lethe.Core.Records;

namespace Lethe.Training.Datasets;

/// <summary>npz:FILE — samples X (x, images, data) and labels y (labels), optionally subjects; also the names with a split, such as x_train and x_test.</summary>
internal sealed class NpzSource : SourceReader
{
    private static readonly string[] SampleNames = ["X", "x", "images", "data"];
    private static readonly string[] LabelNames = ["y", "Y", "labels"];
    private static readonly string[] SubjectNames = ["subjects", "subject"];

    private readonly bool _test;

    public NpzSource(SourceText source) : base(source)
    {
        source.Allow(needsPath: true, "split");
        _test = source.Choice("split", "train", "test") == "test";
    }

    public override string? TestText
    {
        get
        {
            if (_test) return null;
            using ZipArchive archive = Open();
            return Find(archive, SampleNames, "test") is null ? null : Source.With("split", "test");
        }
    }

    public override RawDataset Read(DataOptions options)
    {
        using ZipArchive archive = Open();
        NpyArray samples = Array(archive, SampleNames);
        NpyArray labels = Array(archive, LabelNames);
        if (labels.Shape.Skip(1).Any(size => size != 1))
            throw new BadDataException($"{Source.Path}: the labels have the shape ({string.Join(", ", labels.Shape)}); they must be (N) class indices. Use y.argmax(1) for one-hot labels.");
        if (samples.Shape.Count is < 2 or > 4)
            throw new BadDataException($"{Source.Path}: the samples have the shape ({string.Join(", ", samples.Shape)}); they must be (N, F), (N, H, W), (N, C, H, W) or (N, H, W, C).");
        LabelCheck.RequireCount((int)samples.Shape[0], Source.Path + " (samples)", (int)labels.Shape[0], Source.Path + " (labels)");
        int[] values = labels.ToIntegers();
        bool image = samples.IsBytes && samples.Shape.Count > 2;
        byte[] data = image ? samples.Bytes : samples.ToFloatBytes();
        bool channelsLast = samples.Shape.Count == 4 && samples.Shape[1] is not (1 or 3) && samples.Shape[3] is 1 or 3;
        return new RawDataset
        {
            Name = DataName.Of(Source.Path) + (_test ? "-test" : ""),
            SampleShape = ShapeOf(samples, channelsLast),
            IsFloat = !image,
            Samples = channelsLast ? ChannelsFirst(data, samples.Shape, image ? 1 : sizeof(float)) : data,
            Labels = values,
            ClassNames = LabelCheck.Require(values, options.ClassNames, Source.Path + " (labels)"),
            Subjects = Subjects(archive, values.Length),
        };
    }

    private static IReadOnlyList<long> ShapeOf(NpyArray samples, bool channelsLast) => samples.Shape.Count switch
    {
        2 => [samples.Shape[1]],
        3 => [1, samples.Shape[1], samples.Shape[2]],
        _ when channelsLast => [samples.Shape[3], samples.Shape[1], samples.Shape[2]],
        _ => [.. samples.Shape.Skip(1)],
    };

    private static byte[] ChannelsFirst(byte[] data, IReadOnlyList<long> shape, int size)
    {
        (int count, int plane, int channels) = ((int)shape[0], (int)(shape[1] * shape[2]), (int)shape[3]);
        var result = new byte[data.Length];
        for (int n = 0; n < count; n++)
        {
            for (int p = 0; p < plane; p++)
            {
                for (int c = 0; c < channels; c++)
                    data.AsSpan(((n * plane + p) * channels + c) * size, size).CopyTo(result.AsSpan(((n * channels + c) * plane + p) * size));
            }
        }
        return result;
    }

    private SubjectId[]? Subjects(ZipArchive archive, int count)
    {
        if (Find(archive, SubjectNames, Split) is not { } entry) return null;
        int[] values = Read(entry).ToIntegers();
        if (values.Length != count)
            throw new BadDataException($"{Source.Path}: holds {values.Length:N0} subjects but {count:N0} records. Give every record one subject number.");
        return System.Array.ConvertAll(values, value => new SubjectId(value.ToString(CultureInfo.InvariantCulture)));
    }

    private string Split => _test ? "test" : "train";

    private ZipArchive Open()
    {
        FileStream file = InputFile.OpenRaw(Source.Path);
        try
        {
            return new ZipArchive(file, ZipArchiveMode.Read);
        }
        catch (InvalidDataException error)
        {
            file.Dispose();
            throw new BadDataException($"{Source.Path}: not an NPZ file (a zip of .npy arrays), or cut off. Write it with numpy.savez.", error);
        }
    }

    private NpyArray Array(ZipArchive archive, string[] names)
    {
        ZipArchiveEntry entry = Find(archive, names, Split) ?? throw new BadDataException(
            $"{Source.Path}: holds no array named {string.Join(", ", names)} or {names[1]}_{Split}; it holds {string.Join(", ", archive.Entries.Take(20).Select(e => e.FullName))}. Save it with numpy.savez(file, X=…, y=…).");
        return Read(entry);
    }

    private static ZipArchiveEntry? Find(ZipArchive archive, string[] names, string split)
    {
        IEnumerable<string> candidates = names.SelectMany(name => (string[])[$"{name}_{split}", $"{split}_{name}"]);
        if (split == "train") candidates = names.Concat(candidates);
        return candidates.Select(name => archive.GetEntry(name + ".npy")).FirstOrDefault(entry => entry is not null);
    }

    private NpyArray Read(ZipArchiveEntry entry)
    {
        string what = $"{Source.Path}: the array '{entry.Name}'";
        try
        {
            using Stream stream = entry.Open();
            return NpyArray.Read(stream, what, new InputSize(entry.CompressedLength * InputFile.MaxGzipRatio, false));
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw new BadDataException($"{what} cannot be decompressed. The file is damaged: write it again with numpy.savez.", error);
        }
    }
}
