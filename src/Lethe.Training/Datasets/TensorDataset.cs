using System.Runtime.InteropServices;
using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Torch;

namespace Lethe.Training.Datasets;

/// <summary>A whole data set in memory: one tensor of samples, one of labels. Immutable; changes give a new data set.</summary>
public sealed class TensorDataset : IDisposable
{
    private TensorDataset(DatasetManifest manifest, Tensor samples, Tensor labels, MetadataTable metadata, TabularEncoding? encoding)
    {
        Manifest = manifest;
        Samples = samples;
        Labels = labels;
        Metadata = metadata;
        Encoding = encoding;
    }

    /// <summary>Name, shape, classes, labels, subjects and the digest of the content.</summary>
    public DatasetManifest Manifest { get; }

    /// <summary>Shape (N, …): Byte for images (0 to 255), Float32 for features; unnormalised.</summary>
    public Tensor Samples { get; }

    /// <summary>Shape (N), Int64, 0 to classes − 1.</summary>
    public Tensor Labels { get; }

    /// <summary>The metadata that predicates select by.</summary>
    public MetadataTable Metadata { get; }

    /// <summary>How the columns of a CSV file became features; null for other sources.</summary>
    public TabularEncoding? Encoding { get; }

    /// <summary>The number of records.</summary>
    public int Count => Manifest.Count;

    /// <summary>Whether the samples are images of bytes.</summary>
    public bool IsImage => Samples.dtype == ScalarType.Byte;

    /// <summary>Makes a data set of byte samples in C order.</summary>
    /// <param name="name">The name shown to people.</param>
    /// <param name="samples">N × product of <paramref name="sampleShape"/> bytes.</param>
    /// <param name="sampleShape">The shape of one sample, for example 1, 28, 28.</param>
    /// <param name="labels">N class indices.</param>
    /// <param name="classNames">Null: the numbers up to the largest label.</param>
    /// <param name="subjects">N subjects, or null.</param>
    /// <exception cref="BadDataException">The parts do not fit together.</exception>
    public static TensorDataset FromBytes(string name, byte[] samples, IReadOnlyList<long> sampleShape, IReadOnlyList<int> labels, IReadOnlyList<string>? classNames = null, IReadOnlyList<SubjectId>? subjects = null) =>
        FromArrays(name, samples, false, sampleShape, labels, classNames, subjects);

    /// <summary>Makes a data set of Float32 samples in C order; see <see cref="FromBytes"/>.</summary>
    /// <exception cref="BadDataException">The parts do not fit together.</exception>
    public static TensorDataset FromFloats(string name, ReadOnlySpan<float> samples, IReadOnlyList<long> sampleShape, IReadOnlyList<int> labels, IReadOnlyList<string>? classNames = null, IReadOnlyList<SubjectId>? subjects = null) =>
        FromArrays(name, MemoryMarshal.AsBytes(samples).ToArray(), true, sampleShape, labels, classNames, subjects);

    /// <summary>The samples and labels of some records, in the order given.</summary>
    /// <param name="records">Record numbers, 0 to N − 1.</param>
    public Batch Read(ReadOnlySpan<int> records)
    {
        using Tensor index = Index(records, Samples.device);
        return new Batch(Samples.index_select(0, index), Labels.index_select(0, index));
    }

    /// <summary>The same data on another device.</summary>
    public TensorDataset ToDevice(Device device) =>
        Own(Manifest, Samples.to(device), Labels.to(device), Copy(Metadata), Encoding);

    /// <summary>The raw samples of a record: bytes for images, little-endian Float32 for features; C order.</summary>
    public byte[] Pixels(int record)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(record);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(record, Count);
        using Tensor sample = Samples.narrow(0, record, 1);
        return sample.bytes();
    }

    /// <summary>A data set of some of the records, renumbered from 0 in the order given.</summary>
    public TensorDataset Select(IReadOnlyList<int> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        using Batch batch = Read([.. records]);
        return From(ToRaw(batch.Inputs.bytes()) with
        {
            Labels = [.. records.Select(record => Manifest.Labels[record])],
            Subjects = Manifest.Subjects is { } subjects ? [.. records.Select(record => subjects[record])] : null,
            Columns = [.. Metadata.SourceColumns.Select(column => column.Select(records))],
            Numbering = null,
        });
    }

    /// <summary>The same samples with other labels (N class indices).</summary>
    public TensorDataset WithLabels(IReadOnlyList<int> labels) => From(ToRaw(Samples.bytes()) with { Labels = labels });

    /// <summary>The same samples about other subjects (N of them, or null for none).</summary>
    public TensorDataset WithSubjects(IReadOnlyList<SubjectId>? subjects) => From(ToRaw(Samples.bytes()) with { Subjects = subjects });

    /// <summary>Frees the tensors and the metadata table.</summary>
    public void Dispose()
    {
        Samples.Dispose();
        Labels.Dispose();
        Metadata.Dispose();
    }

    internal static TensorDataset From(RawDataset raw)
    {
        if (raw.SampleLength * (raw.IsFloat ? sizeof(float) : 1) * raw.Count != raw.Samples.Length)
            throw new BadDataException($"{raw.Name}: {raw.Samples.Length:N0} bytes of samples do not make {raw.Count:N0} records of the shape ({string.Join(", ", raw.SampleShape)}). Give N × the product of the shape values.");
        var manifest = new DatasetManifest
        {
            Name = raw.Name,
            SampleShape = raw.SampleShape,
            ClassNames = raw.ClassNames,
            Labels = raw.Labels,
            Subjects = raw.Subjects,
            Numbering = raw.Numbering,
            Digest = DatasetDigest.Of(raw.Samples, raw.IsFloat, raw.SampleShape, raw.Labels, raw.ClassNames, raw.Subjects),
        };
        manifest.Validate();
        Tensor samples = torch.frombuffer(raw.Samples, raw.IsFloat ? ScalarType.Float32 : ScalarType.Byte, [raw.Count, .. raw.SampleShape]);
        return Own(manifest, samples, Index([.. raw.Labels], torch.CPU), new MetadataTable(raw.Labels, raw.ClassNames, raw.Subjects, raw.Columns, raw.Numbering), raw.Encoding);
    }

    /// <summary>The data set as arrays, on the CPU; <paramref name="samples"/> replaces the samples.</summary>
    internal RawDataset ToRaw(byte[] samples) => new()
    {
        Name = Manifest.Name,
        SampleShape = Manifest.SampleShape,
        IsFloat = !IsImage,
        Samples = samples,
        Labels = Manifest.Labels,
        ClassNames = Manifest.ClassNames,
        Subjects = Manifest.Subjects,
        Columns = Metadata.SourceColumns,
        Encoding = Encoding,
        Numbering = Manifest.Numbering,
    };

    private MetadataTable Copy(MetadataTable table) => new(Manifest.Labels, Manifest.ClassNames, Manifest.Subjects, table.SourceColumns, Manifest.Numbering);

    private static TensorDataset FromArrays(string name, byte[] samples, bool isFloat, IReadOnlyList<long> sampleShape, IReadOnlyList<int> labels, IReadOnlyList<string>? classNames, IReadOnlyList<SubjectId>? subjects) =>
        From(new RawDataset
        {
            Name = name,
            SampleShape = sampleShape,
            IsFloat = isFloat,
            Samples = samples,
            Labels = labels,
            ClassNames = LabelCheck.Require([.. labels], classNames, name),
            Subjects = subjects,
        });

    /// <summary>A data set outlives the scope in which it was loaded.</summary>
    private static TensorDataset Own(DatasetManifest manifest, Tensor samples, Tensor labels, MetadataTable metadata, TabularEncoding? encoding) =>
        new(manifest, samples.DetachFromDisposeScope(), labels.DetachFromDisposeScope(), metadata, encoding);

    private static Tensor Index(ReadOnlySpan<int> numbers, Device device)
    {
        var wide = new long[numbers.Length];
        for (int i = 0; i < wide.Length; i++) wide[i] = numbers[i];
        Tensor index = torch.frombuffer(MemoryMarshal.AsBytes(wide.AsSpan()), ScalarType.Int64, [wide.Length]);
        if (device == torch.CPU) return index;
        using (index) return index.to(device);
    }
}
