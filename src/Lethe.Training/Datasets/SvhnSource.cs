using Lethe.Core.Errors;

namespace Lethe.Training.Datasets;

/// <summary>
/// svhn:DIR — Street View House Numbers, format 2 (Netzer et al., 2011): train_32x32.mat, test_32x32.mat and extra_32x32.mat with
/// X (32 × 32 × 3 × N, row, column, channel, record) and y (N × 1, where 10 stands for the digit 0).
/// </summary>
internal sealed class SvhnSource : SourceReader
{
    private const int Size = 32;
    private const int Channels = 3;
    private const int Plane = Size * Size;

    private readonly string _split;

    public SvhnSource(SourceText source) : base(source)
    {
        source.Allow(needsPath: true, "split");
        _split = source.Choice("split", "train", "test", "extra");
    }

    public override string? TestText => TestOfSplit();

    public override RawDataset Read(DataOptions options)
    {
        string path = Find();
        IReadOnlyDictionary<string, MatArray> arrays = MatFile.Read(path, "X", "y");
        MatArray pictures = arrays["X"];
        if (pictures.Type != MatType.UInt8 || pictures.Shape is not [Size, Size, Channels, _])
            throw new BadDataException($"{pictures.What} has the shape ({string.Join(", ", pictures.Shape)}); SVHN's pictures are uint8 of shape (32, 32, 3, N). Give the cropped digits (format 2).");
        int[] labels = Array.ConvertAll(arrays["y"].ToIntegers(), digit => digit == 10 ? 0 : digit);
        LabelCheck.RequireCount((int)pictures.Shape[3], pictures.What, labels.Length, arrays["y"].What);
        return new RawDataset
        {
            Name = _split == "train" ? "svhn" : $"svhn-{_split}",
            SampleShape = [Channels, Size, Size],
            IsFloat = false,
            Samples = RowsFirst(pictures.Data),
            Labels = labels,
            ClassNames = LabelCheck.Require(labels, options.ClassNames ?? LabelCheck.Numbers(10), path),
        };
    }

    private string Find()
    {
        string path = Path.Combine(Source.Path, $"{_split}_32x32.mat");
        if (File.Exists(path)) return path;
        return File.Exists(path + ".gz")
            ? path + ".gz"
            : throw new BadDataException($"{Source.Path}: lacks {_split}_32x32.mat. Name the directory that holds SVHN's cropped digits (format 2).");
    }

    /// <summary>From column-major planes to row-major ones; records and channels lie one after the other already.</summary>
    private static byte[] RowsFirst(byte[] columns)
    {
        byte[] rows = GC.AllocateUninitializedArray<byte>(columns.Length);
        for (int start = 0; start < columns.Length; start += Plane)
        {
            for (int i = 0; i < Plane; i++) rows[start + i % Size * Size + i / Size] = columns[start + i];
        }
        return rows;
    }
}
