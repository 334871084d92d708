using System.Globalization;
using Lethe.Core.Errors;
using Lethe.Core.Records;

namespace Lethe.Training.Datasets;

/// <summary>Who each record is about: a CSV file with the columns record and subject, or one subject a line in record order.</summary>
internal static class SubjectsFile
{
    public static RawDataset Attach(RawDataset data, string path)
    {
        List<string[]> rows = CsvRows.Read(path, ',');
        if (rows.Count == 0) throw new BadDataException($"{path}: the subjects file is empty. Give lines record,subject.");
        return data with { Subjects = rows[0].Length == 1 ? InOrder(rows, data.Count, path) : ByRecord(rows, data.Count, path) };
    }

    private static SubjectId[] InOrder(List<string[]> rows, int count, string path)
    {
        int first = rows.Count == count + 1 && rows[0][0].Equals("subject", StringComparison.OrdinalIgnoreCase) ? 1 : 0;
        if (rows.Count - first != count)
            throw new BadDataException($"{path}: names {rows.Count - first:N0} subjects, one a line, but there are {count:N0} records. Give the subjects of the same split.");
        var intern = new Dictionary<string, SubjectId>(StringComparer.Ordinal);
        return [.. rows.Skip(first).Select((row, i) => Subject(row[0], intern, path, i + first + 1))];
    }

    private static SubjectId[] ByRecord(List<string[]> rows, int count, string path)
    {
        int record = Array.FindIndex(rows[0], name => name.Equals("record", StringComparison.OrdinalIgnoreCase));
        int subject = Array.FindIndex(rows[0], name => name.Equals("subject", StringComparison.OrdinalIgnoreCase));
        if (record < 0 || subject < 0)
            throw new BadDataException($"{path}: the first line must name the columns record and subject; it names {string.Join(", ", rows[0])}.");
        var subjects = new SubjectId?[count];
        var intern = new Dictionary<string, SubjectId>(StringComparer.Ordinal);
        for (int i = 1; i < rows.Count; i++)
        {
            if (!int.TryParse(rows[i][record], NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number >= count)
                throw new BadDataException($"{path}, row {i + 1}: '{rows[i][record]}' is no record; records are 0 to {count - 1}.");
            if (subjects[number] is not null)
                throw new BadDataException($"{path}, row {i + 1}: record {number} is named a second time. Name every record once.");
            subjects[number] = Subject(rows[i][subject], intern, path, i + 1);
        }
        int missing = Array.IndexOf(subjects, null);
        if (missing >= 0) throw new BadDataException($"{path}: record {missing} has no subject. Every record from 0 to {count - 1} needs one.");
        return Array.ConvertAll(subjects, s => s!.Value);
    }

    private static SubjectId Subject(string text, Dictionary<string, SubjectId> intern, string path, int row)
    {
        if (text.Length == 0) throw new BadDataException($"{path}, row {row}: the subject is empty. Name the person or owner of the record.");
        if (!intern.TryGetValue(text, out SubjectId id)) intern.Add(text, id = new SubjectId(text));
        return id;
    }
}
