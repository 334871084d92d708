using System.Text.Json.Serialization;
using Lethe.Core.Errors;

namespace Lethe.Core.Records;

/// <summary>What a data set holds, without the samples themselves: labels, owners and identity.</summary>
public sealed class DatasetManifest
{
    private Dictionary<SubjectId, List<RecordId>>? _bySubject;
    private List<RecordId>[]? _byClass;
    private IReadOnlyList<SubjectId>? _distinct;

    /// <summary>The name shown to people.</summary>
    public required string Name { get; init; }

    /// <summary>The shape of one sample, without the record dimension (for example 1, 28, 28).</summary>
    public required IReadOnlyList<long> SampleShape { get; init; }

    /// <summary>One name for each class, in the order of the label numbers.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>The label of each record, 0 … <see cref="ClassCount"/>−1; its length is N.</summary>
    public required IReadOnlyList<int> Labels { get; init; }

    /// <summary>The owner of each record (length N), or null when the source names none.</summary>
    public IReadOnlyList<SubjectId>? Subjects { get; init; }

    /// <summary>What the records are called in the source, where this is a part of it; null: they have their own numbers.</summary>
    [JsonIgnore]
    public SourceNumbering? Numbering { get; init; }

    /// <summary>The digest of the samples, labels and subjects, computed by the source that read them.</summary>
    public required Digest Digest { get; init; }

    /// <summary>The number of records, N.</summary>
    [JsonIgnore]
    public int Count => Labels.Count;

    /// <summary>The number of classes.</summary>
    [JsonIgnore]
    public int ClassCount => ClassNames.Count;

    /// <summary>Every subject once, in order of first appearance; empty when the source names none.</summary>
    /// <exception cref="BadDataException">The manifest contradicts itself, see <see cref="Validate"/>.</exception>
    [JsonIgnore]
    public IReadOnlyList<SubjectId> DistinctSubjects
    {
        get
        {
            IndexSubjects();
            return _distinct!;
        }
    }

    /// <summary>The number of a record in the source: what people call it.</summary>
    public int SourceNumber(RecordId record) => Numbering is { } numbering ? numbering.Numbers[record.Value] : record.Value;

    /// <summary>The records of one subject in ascending order; empty when there are none.</summary>
    /// <exception cref="BadDataException">The manifest contradicts itself, see <see cref="Validate"/>.</exception>
    public IReadOnlyList<RecordId> RecordsOf(SubjectId subject) =>
        IndexSubjects().TryGetValue(subject, out var records) ? records : [];

    /// <summary>The records of one class in ascending order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    /// <exception cref="BadDataException">The manifest contradicts itself, see <see cref="Validate"/>.</exception>
    public IReadOnlyList<RecordId> RecordsOf(int classIndex)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(classIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(classIndex, ClassCount);
        return IndexClasses()[classIndex];
    }

    /// <summary>Checks that every label names a class and that subjects, if any, are as many as labels.</summary>
    /// <exception cref="BadDataException">One of the two does not hold.</exception>
    public void Validate()
    {
        if (Subjects is not null && Subjects.Count != Count)
            throw new BadDataException($"Data set '{Name}' names {Subjects.Count} subjects for {Count} records: give one subject for each record.");
        for (var i = 0; i < Count; i++)
        {
            if ((uint)Labels[i] >= (uint)ClassCount)
                throw new BadDataException($"Data set '{Name}': record {i} has label {Labels[i]}, but labels must lie in 0 … {ClassCount - 1}: correct the labels or the class names.");
        }
    }

    private Dictionary<SubjectId, List<RecordId>> IndexSubjects()
    {
        if (Volatile.Read(ref _bySubject) is { } known)
            return known;
        Validate();
        var distinct = new List<SubjectId>();
        var index = new Dictionary<SubjectId, List<RecordId>>();
        for (var i = 0; i < (Subjects?.Count ?? 0); i++)
        {
            if (!index.TryGetValue(Subjects![i], out var records))
            {
                index.Add(Subjects[i], records = []);
                distinct.Add(Subjects[i]);
            }
            records.Add(new(i));
        }
        Volatile.Write(ref _distinct, distinct);
        Volatile.Write(ref _bySubject, index);
        return index;
    }

    private List<RecordId>[] IndexClasses()
    {
        if (Volatile.Read(ref _byClass) is { } known)
            return known;
        Validate();
        var index = new List<RecordId>[ClassCount];
        for (var c = 0; c < index.Length; c++)
            index[c] = [];
        for (var i = 0; i < Count; i++)
            index[Labels[i]].Add(new(i));
        Volatile.Write(ref _byClass, index);
        return index;
    }
}
