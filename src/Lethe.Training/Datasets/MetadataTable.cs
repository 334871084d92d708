using Lethe.Core.Errors;
using Lethe.Core.Records;

namespace Lethe.Training.Datasets;

/// <summary>
/// What is known of each record beside its samples: record, label, class, subject (if any) and the columns of the source.
/// Predicates in SQL select records from it.
/// </summary>
/// <remarks>
/// A column of the source whose name is taken (record, label, class, subject) is called source_NAME. The column
/// record holds the numbers of the source, also where a part of it is held out. SQLite holds at most
/// 2,000 columns.
/// </remarks>
public sealed class MetadataTable : IDisposable
{
    private readonly Lazy<MetadataQuery> _query;
    private readonly SourceNumbering? _numbering;

    internal MetadataTable(IReadOnlyList<int> labels, IReadOnlyList<string> classNames, IReadOnlyList<SubjectId>? subjects, IReadOnlyList<MetadataColumn> source, SourceNumbering? numbering = null)
    {
        Count = labels.Count;
        SourceColumns = source;
        _numbering = numbering;
        var columns = new List<MetadataColumn>
        {
            MetadataColumn.Integers("record", numbering?.Numbers ?? [.. Enumerable.Range(0, Count)]),
            MetadataColumn.Integers("label", labels),
            MetadataColumn.Texts("class", [.. labels.Select(label => classNames[label])]),
        };
        if (subjects is not null) columns.Add(MetadataColumn.Texts("subject", [.. subjects.Select(subject => subject.Value)]));
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "record", "label", "class", "subject" };
        foreach (MetadataColumn column in source)
        {
            MetadataColumn named = column;
            while (!taken.Add(named.Name)) named = named.Rename("source_" + named.Name);
            columns.Add(named);
        }
        Columns = columns;
        _query = new Lazy<MetadataQuery>(() => new MetadataQuery(Columns, Count, numbering?.SourceCount ?? Count));
    }

    /// <summary>The number of records.</summary>
    public int Count { get; }

    /// <summary>All columns, in order; their names are what predicates use.</summary>
    public IReadOnlyList<MetadataColumn> Columns { get; }

    internal IReadOnlyList<MetadataColumn> SourceColumns { get; }

    /// <summary>The records for which an SQL expression over the columns is true, ascending; for example <c>class = 'Bag' AND record &lt; 100</c>.</summary>
    /// <exception cref="UsageException">The predicate is no SQL expression over the columns, or tries anything but reading them.</exception>
    public IReadOnlyList<RecordId> Where(string sqlPredicate)
    {
        IReadOnlyList<RecordId> records = _query.Value.Where(sqlPredicate);
        return _numbering is { } numbering ? [.. records.Select(record => numbering.Find(record.Value)!.Value)] : records;
    }

    /// <summary>Frees the SQLite table, if a predicate made one.</summary>
    public void Dispose()
    {
        if (_query.IsValueCreated) _query.Value.Dispose();
    }
}
