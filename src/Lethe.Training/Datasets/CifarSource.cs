using Lethe.Core.Errors;

namespace Lethe.Training.Datasets;

/// <summary>
/// cifar:DIR_OR_TAR — the binary version (Krizhevsky, 2009) of CIFAR-10 (data_batch_1…5.bin, test_batch.bin: label, 3,072 pixels) or
/// CIFAR-100 (train.bin, test.bin: coarse label, fine label, 3,072 pixels; the fine label is the class).
/// </summary>
internal sealed class CifarSource : SourceReader
{
    private const int Pixels = 3 * 32 * 32;

    private readonly bool _test;

    public CifarSource(SourceText source) : base(source)
    {
        source.Allow(needsPath: true, "split");
        _test = source.Choice("split", "train", "test") == "test";
    }

    public override string? TestText => TestOfSplit();

    public override RawDataset Read(DataOptions options)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (TreeFile file in FileTree.Read(Source.Path, name => IsPart(Leaf(name))))
        {
            if (file.Data is not null && !files.TryAdd(Leaf(file.Name), file.Data))
                throw new BadDataException($"{Source.Path}: holds '{Leaf(file.Name)}' twice. Name the directory of one CIFAR set.");
        }
        bool hundred = files.ContainsKey("train.bin") || files.ContainsKey("test.bin");
        if (hundred && files.Keys.Any(IsTenPart))
            throw new BadDataException($"{Source.Path}: holds both CIFAR-10 and CIFAR-100. Name the directory of one of them.");
        List<KeyValuePair<string, byte[]>> parts = [.. files.Where(file => IsData(file.Key))];
        if (parts.Count == 0)
            throw new BadDataException($"{Source.Path}: holds no CIFAR {(_test ? "test" : "training")} data (data_batch_1.bin … or train.bin; test_batch.bin or test.bin). Name the directory or tar of the binary version.");
        IReadOnlyList<string> names = ClassNames(files, hundred);
        return Join(parts, options.ClassNames ?? names, hundred);
    }

    private RawDataset Join(List<KeyValuePair<string, byte[]>> parts, IReadOnlyList<string> classes, bool hundred)
    {
        int labelBytes = hundred ? 2 : 1;
        int row = labelBytes + Pixels;
        foreach ((string name, byte[] data) in parts)
        {
            if (data.Length == 0 || data.Length % row != 0)
                throw new BadDataException($"{Source.Path}: '{name}' has {data.Length:N0} bytes, no multiple of the {row:N0} bytes of a record. The file is cut off or is not CIFAR's binary version: fetch it again.");
        }
        int count = parts.Sum(part => part.Value.Length / row);
        if ((long)count * Pixels > InputFile.MaxBytes)
            throw new BadDataException($"{Source.Path}: holds {count:N0} records, more than CIFAR has and than fit. Name the directory of one CIFAR set.");
        var samples = new byte[count * Pixels];
        var labels = new int[count];
        var coarse = new int[count];
        int record = 0;
        foreach ((string name, byte[] data) in parts)
        {
            for (int offset = 0; offset < data.Length; offset += row, record++)
            {
                int label = data[offset + labelBytes - 1];
                if (label >= classes.Count)
                    throw new BadDataException($"{Source.Path}: '{name}' gives record {offset / row} the label {label}; it must be 0 to {classes.Count - 1}. The file is damaged: fetch it again.");
                labels[record] = label;
                coarse[record] = data[offset];
                data.AsSpan(offset + labelBytes, Pixels).CopyTo(samples.AsSpan(record * Pixels));
            }
        }
        return new RawDataset
        {
            Name = (hundred ? "cifar-100" : "cifar-10") + (_test ? "-test" : ""),
            SampleShape = [3, 32, 32],
            IsFloat = false,
            Samples = samples,
            Labels = labels,
            ClassNames = classes,
            Columns = hundred ? [MetadataColumn.Integers("coarse", coarse)] : [],
        };
    }

    private static IReadOnlyList<string> ClassNames(SortedDictionary<string, byte[]> files, bool hundred)
    {
        int count = hundred ? 100 : 10;
        if (!files.TryGetValue(hundred ? "fine_label_names.txt" : "batches.meta.txt", out byte[]? text)) return LabelCheck.Numbers(count);
        string[] names = System.Text.Encoding.UTF8.GetString(text).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return names.Length == count ? names : LabelCheck.Numbers(count);
    }

    private bool IsData(string leaf) => _test
        ? leaf is "test_batch.bin" or "test.bin"
        : leaf is "train.bin" || leaf.StartsWith("data_batch_", StringComparison.Ordinal);

    private static bool IsTenPart(string leaf) =>
        leaf == "test_batch.bin" || (leaf.StartsWith("data_batch_", StringComparison.Ordinal) && leaf.EndsWith(".bin", StringComparison.Ordinal));

    private static bool IsPart(string leaf) =>
        IsTenPart(leaf) || leaf is "train.bin" or "test.bin" or "batches.meta.txt" or "fine_label_names.txt";

    private static string Leaf(string name) => name[(name.LastIndexOf('/') + 1)..];
}
