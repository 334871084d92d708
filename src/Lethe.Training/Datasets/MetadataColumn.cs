using System.Globalization;

namespace Lethe.Training.Datasets;

/// <summary>One typed column of a <see cref="MetadataTable"/>: whole numbers, reals or texts.</summary>
public sealed class MetadataColumn
{
    private readonly long[]? _integers;
    private readonly double[]? _reals;
    private readonly string[]? _texts;

    private MetadataColumn(string name, long[]? integers, double[]? reals, string[]? texts)
    {
        Name = name;
        (_integers, _reals, _texts) = (integers, reals, texts);
    }

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>SQLite's type: INTEGER, REAL or TEXT.</summary>
    public string SqlType => _integers is not null ? "INTEGER" : _reals is not null ? "REAL" : "TEXT";

    /// <summary>The number of values, one a record.</summary>
    public int Count => _integers?.Length ?? _reals?.Length ?? _texts!.Length;

    /// <summary>The value of a record: a long, a double or a string.</summary>
    public object this[int record] => _integers is not null ? _integers[record] : _reals is not null ? _reals[record] : _texts![record];

    /// <summary>A column of whole numbers.</summary>
    public static MetadataColumn Integers(string name, IReadOnlyList<int> values) => new(name, [.. values.Select(value => (long)value)], null, null);

    /// <summary>A column of texts.</summary>
    public static MetadataColumn Texts(string name, IReadOnlyList<string> values) => new(name, null, null, [.. values]);

    /// <summary>A column whose type follows from its fields: whole numbers, reals, or else text.</summary>
    public static MetadataColumn Infer(string name, IReadOnlyList<string> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (Parse<long>(fields, (string s, out long v) => long.TryParse(s, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out v)) is { } integers)
            return new MetadataColumn(name, integers, null, null);
        if (Parse<double>(fields, (string s, out double v) => Cell.Parse(s, out v) == CellKind.Number) is { } reals)
            return new MetadataColumn(name, null, reals, null);
        return Texts(name, fields);
    }

    /// <summary>The same column with the values of some records, in the order given.</summary>
    public MetadataColumn Select(IReadOnlyList<int> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        return new MetadataColumn(Name, Pick(_integers, records), Pick(_reals, records), Pick(_texts, records));
    }

    /// <summary>The same column under another name.</summary>
    public MetadataColumn Rename(string name) => new(name, _integers, _reals, _texts);

    private static T[]? Pick<T>(T[]? values, IReadOnlyList<int> records) => values is null ? null : [.. records.Select(record => values[record])];

    private delegate bool Parser<T>(string field, out T value);

    private static T[]? Parse<T>(IReadOnlyList<string> fields, Parser<T> parse)
    {
        var values = new T[fields.Count];
        for (int i = 0; i < values.Length; i++)
        {
            if (!parse(fields[i], out values[i])) return null;
        }
        return values;
    }
}
