using System.Globalization;
using Lethe.Core.Errors;
using Lethe.Core.Records;

namespace Lethe.Training.Datasets;

/// <summary>
/// QMNIST's extended labels (Yadav and Bottou, 2019): IDX int32, N × 8, columns digit, NIST HSF series, writer, index of the digit for
/// this writer, NIST class, global NIST index, duplicate, unused.
/// </summary>
internal static class WriterLabels
{
    private const int Columns = 8;
    private const int WriterColumn = 2;

    /// <summary>MNIST's test set is the first 10,000 rows of QMNIST's test file, which has 60,000.</summary>
    private const int MnistTestCount = 10_000;

    public static RawDataset Attach(RawDataset data, string path)
    {
        IdxFile file = IdxFile.Read(path);
        if (file.Shape.Count != 2 || file.Shape[1] != Columns || !file.IsInteger)
            throw new BadDataException($"{path}: not QMNIST's writer labels (an IDX int32 array N × 8); its shape is ({string.Join(", ", file.Shape)}). Give qmnist-train-labels-idx2-int(.gz).");
        if (file.Shape[0] != data.Count && (data.Count != MnistTestCount || file.Shape[0] < MnistTestCount))
            throw new BadDataException($"{path}: holds {file.Shape[0]:N0} rows, but {data.Name} has {data.Count:N0} records. Give the writer labels of the same split.");
        int[] values = file.ToIntegers();
        for (int record = 0; record < data.Count; record++)
        {
            if (values[record * Columns] != data.Labels[record])
                throw new BadDataException($"{path}: row {record} is about the digit {values[record * Columns]}, but the record's label is {data.Labels[record]}. Give the writer labels of the same split.");
        }
        int[] Column(int column) => [.. Enumerable.Range(0, data.Count).Select(record => values[record * Columns + column])];
        int[] writers = Column(WriterColumn);
        var subjects = new Dictionary<int, SubjectId>();
        foreach (int writer in writers) subjects.TryAdd(writer, new SubjectId(writer.ToString(CultureInfo.InvariantCulture)));
        return data with
        {
            Subjects = Array.ConvertAll(writers, writer => subjects[writer]),
            Columns =
            [
                .. data.Columns,
                MetadataColumn.Integers("writer", writers),
                MetadataColumn.Integers("hsf", Column(1)),
                MetadataColumn.Integers("writer_index", Column(3)),
                MetadataColumn.Integers("nist_class", Column(4)),
                MetadataColumn.Integers("nist_index", Column(5)),
            ],
        };
    }
}
