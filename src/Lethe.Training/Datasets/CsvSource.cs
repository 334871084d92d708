using System.Globalization;
using System.Runtime.InteropServices;
using Lethe.Core.Errors;
using Lethe.Core.Records;

namespace Lethe.Training.Datasets;

/// <summary>csv:FILE?label=COL — a table; the label column gives the class, the subject column the person, every other column features.</summary>
internal sealed class CsvSource : SourceReader
{
    private readonly string _label;
    private readonly char _separator;
    private readonly bool _header;
    private readonly bool _oneHot;
    private readonly IReadOnlyList<string> _drop;

    public CsvSource(SourceText source) : base(source)
    {
        source.Allow(needsPath: true, "label", "subject", "drop", "encode", "header", "separator");
        _label = source.Option("label") ?? throw DataSource.Unusable($"'{source}' does not say which column is the label; add ?label=COLUMN.");
        _oneHot = source.Choice("encode", "onehot", "ordinal") == "onehot";
        _header = source.Choice("header", "yes", "no") == "yes";
        string separator = source.Option("separator") ?? ",";
        _separator = separator is "tab" or "\t" ? '\t' : separator.Length == 1 ? separator[0] : throw DataSource.Unusable($"'{source}': the separator must be one character or 'tab'.");
        _drop = source.Option("drop")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
    }

    public override RawDataset Read(DataOptions options)
    {
        List<string[]> rows = CsvRows.Read(Source.Path, _separator);
        int first = _header ? 1 : 0;
        if (rows.Count <= first) throw new BadDataException($"{Source.Path}: holds no records. Name a CSV file with at least one row of data.");
        string[] names = _header ? rows[0] : [.. Enumerable.Range(0, rows[0].Length).Select(i => $"c{i.ToString(CultureInfo.InvariantCulture)}")];
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new BadDataException($"{Source.Path}: the header names the column '{twice.Key}' twice. Rename one, or say header=no if the first row is data.");
        int label = Find(names, _label);
        int subject = Source.Option("subject") is { } column ? Find(names, column) : -1;
        HashSet<int> excluded = [label, subject, .. _drop.Select(name => Find(names, name))];
        var learner = new ColumnLearner(Source.Path, rows, first);
        TabularEncoding encoding = options.Encoding ?? new TabularEncoding
        {
            Columns = [.. Enumerable.Range(0, names.Length).Where(i => !excluded.Contains(i)).Select(i => learner.Learn(names[i], i, _oneHot))],
        };
        float[] features = Encode(learner, encoding, names, rows.Count - first);
        (int[] labels, IReadOnlyList<string> classes) = Labels(rows, first, label, options.ClassNames);
        return new RawDataset
        {
            Name = DataName.Of(Source.Path),
            SampleShape = [encoding.Features],
            IsFloat = true,
            Samples = MemoryMarshal.AsBytes(features.AsSpan()).ToArray(),
            Labels = labels,
            ClassNames = classes,
            Subjects = subject < 0 ? null : Subjects(rows, first, subject, names[subject]),
            Columns = [.. names.Select((name, i) => MetadataColumn.Infer(name, [.. rows.Skip(first).Select(row => row[i])]))],
            Encoding = encoding,
        };
    }

    private float[] Encode(ColumnLearner learner, TabularEncoding encoding, string[] names, int count)
    {
        int width = encoding.Features;
        if (width == 0) throw new BadDataException($"{Source.Path}: no column is left for features beside the label. Name fewer columns in drop=.");
        if ((long)width * count * sizeof(float) > InputFile.MaxBytes)
        {
            ColumnEncoding widest = encoding.Columns.MaxBy(column => column.Features)!;
            throw new BadDataException($"{Source.Path}: {width:N0} features of {count:N0} records do not fit ('{widest.Name}' alone has {widest.Features:N0} categories). Add drop={widest.Name} or encode=ordinal.");
        }
        var features = new float[width * count];
        int start = 0;
        foreach (ColumnEncoding column in encoding.Columns)
        {
            learner.Encode(column, Find(names, column.Name), features, start, width);
            start += column.Features;
        }
        return features;
    }

    private (int[] Labels, IReadOnlyList<string> Classes) Labels(List<string[]> rows, int first, int column, IReadOnlyList<string>? given)
    {
        string[] values = [.. rows.Skip(first).Select(row => row[column])];
        int missing = Array.IndexOf(values, "");
        if (missing >= 0) throw new BadDataException($"{Source.Path}, row {missing + first + 1}, column '{_label}': the label is missing. Fill it in or remove the row.");
        IReadOnlyList<string> classes = given ?? Sorted(values.Distinct());
        if (classes.Count > LabelCheck.MaxClasses)
            throw new BadDataException($"{Source.Path}: the label column '{_label}' has {classes.Count:N0} different values; at most {LabelCheck.MaxClasses:N0} classes are possible. Name a column of classes.");
        var index = classes.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i, StringComparer.Ordinal);
        var labels = new int[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            if (!index.TryGetValue(values[i], out labels[i]))
                throw new BadDataException($"{Source.Path}, row {i + first + 1}, column '{_label}': '{values[i]}' is none of the training set's classes ({string.Join(", ", classes.Take(12))}). Remove the row.");
        }
        return (labels, classes);
    }

    /// <summary>By value when all are numbers (so that class 2 comes before class 10), otherwise alphabetical.</summary>
    private static string[] Sorted(IEnumerable<string> values)
    {
        string[] names = [.. values.Order(StringComparer.Ordinal)];
        return names.All(name => Cell.Parse(name, out _) == CellKind.Number)
            ? [.. names.OrderBy(name => double.Parse(name, NumberStyles.Float, CultureInfo.InvariantCulture))]
            : names;
    }

    private SubjectId[] Subjects(List<string[]> rows, int first, int column, string name)
    {
        int missing = rows.FindIndex(first, row => row[column].Length == 0);
        if (missing >= 0) throw new BadDataException($"{Source.Path}, row {missing + 1}, column '{name}': the subject is missing. Name the person that the row is about.");
        return [.. rows.Skip(first).Select(row => new SubjectId(row[column]))];
    }

    private int Find(string[] names, string name)
    {
        int index = Array.IndexOf(names, name);
        if (index >= 0) return index;
        string hint = _header && names.Any(n => Cell.Parse(n, out _) == CellKind.Number) ? " The first row looks like data: add header=no, and the columns are c0, c1, …" : "";
        throw new BadDataException($"{Source.Path}: has no column '{name}'. Its columns are {string.Join(", ", names.Take(40))}{(names.Length > 40 ? $", … ({names.Length} in all)" : "")}.{hint}");
    }
}
