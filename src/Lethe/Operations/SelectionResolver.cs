using System.Globalization;
using Lethe.Core.Errors;
using Lethe.Core.Records;
using Lethe.Core.Requests;
using Lethe.Training.Datasets;

namespace Lethe.Operations;

/// <summary>A selection with the records that it names and that are still there to forget, ascending.</summary>
internal sealed record ResolvedSelection(Selection Selection, IReadOnlyList<RecordId> Records, int? Subjects);

/// <summary>Turns the texts of a selection into records.</summary>
internal static class SelectionResolver
{
    private const int SubjectsNamed = 5;

    /// <exception cref="UsageException">Not exactly one way is given, or a text cannot be understood.</exception>
    /// <exception cref="BadDataException">Something does not exist, or nothing is left to forget.</exception>
    public static ResolvedSelection Resolve(RecordSelection texts, TensorDataset data, IReadOnlyList<int> deleted)
    {
        var manifest = data.Manifest;
        var (selection, records) = texts switch
        {
            { Records: { } text, Subjects: null, Classes: null, Where: null } => ByRecords(text, manifest),
            { Subjects: { } text, Records: null, Classes: null, Where: null } => BySubjects(text, manifest),
            { Classes: { } text, Records: null, Subjects: null, Where: null } => ByClasses(text, manifest),
            { Where: { } text, Records: null, Subjects: null, Classes: null } => (new Selection.ByPredicate(text), data.Metadata.Where(text)),
            _ => throw new UsageException("Say which records by exactly one of records, subjects, classes and where."),
        };
        if (records.Count == 0)
            throw new BadDataException($"The selection is empty: no record of {manifest.Name} (0 to {(manifest.Numbering?.SourceCount ?? manifest.Count) - 1}{(manifest.Numbering is null ? "" : ", without those held out for testing")}) matches {selection.Describe()}.");
        var gone = deleted.ToHashSet();
        RecordId[] left = [.. records.Where(record => !gone.Contains(record.Value)).Distinct().Order()];
        if (left.Length == 0)
            throw new BadDataException($"The run has forgotten {(records.Count == 1 ? "the record" : $"all {records.Count} records")} of this selection already ({selection.Describe()}).");
        return new ResolvedSelection(selection, left, CountSubjects(manifest, left));
    }

    public static int? CountSubjects(DatasetManifest manifest, IEnumerable<RecordId> records) =>
        manifest.Subjects is { } subjects ? records.Select(record => subjects[record.Value]).Distinct().Count() : null;

    private static (Selection, IReadOnlyList<RecordId>) ByRecords(string text, DatasetManifest manifest)
    {
        var ranges = SelectionText.Ranges(text, manifest.Numbering?.SourceCount ?? manifest.Count).ToList();
        int[] named = [.. ranges.SelectMany(range => Enumerable.Range(range.First, range.Last - range.First + 1)).Distinct().Order()];
        var selection = new Selection.ByRecords([.. named.Select(number => new RecordId(number))]);
        if (manifest.Numbering is not { } numbering)
            return (selection, selection.Records);
        RequireTrained(ranges, numbering);
        return (selection, [.. named.Select(numbering.Find).OfType<RecordId>()]);
    }

    /// <summary>Held-out records may lie within a range, but one that is named by itself was meant.</summary>
    private static void RequireTrained(IEnumerable<(int First, int Last)> ranges, SourceNumbering numbering)
    {
        foreach (var (first, last) in ranges)
        {
            if (first == last && numbering.Find(first) is null)
                throw new BadDataException($"Record {first} is held out for testing: the model was never trained on it, so there is nothing to forget. Leave it out of the selection.");
        }
    }

    private static (Selection, IReadOnlyList<RecordId>) BySubjects(string text, DatasetManifest manifest)
    {
        if (manifest.Subjects is not { } subjects)
            throw new BadDataException($"{manifest.Name} does not say which person a record belongs to. Train with --subjects FILE or --writers FILE, or select by --records.");
        SubjectId[] wanted = [.. SelectionText.Items(text, "subjects").Distinct().Select(name => new SubjectId(name))];
        var known = manifest.DistinctSubjects.ToHashSet();
        foreach (var subject in wanted)
        {
            if (!known.Contains(subject))
                throw new BadDataException($"There is no subject '{subject}' among the {known.Count} of {manifest.Name}; some are {string.Join(", ", manifest.DistinctSubjects.Take(SubjectsNamed))}."
                    + (manifest.Numbering is null ? "" : " People who are held out for testing are not among them: the model was never trained on their records."));
        }

        var chosen = wanted.ToHashSet();
        RecordId[] records = [.. Enumerable.Range(0, manifest.Count).Where(record => chosen.Contains(subjects[record])).Select(record => new RecordId(record))];
        return (new Selection.BySubjects(wanted), records);
    }

    private static (Selection, IReadOnlyList<RecordId>) ByClasses(string text, DatasetManifest manifest)
    {
        int[] classes = [.. SelectionText.Items(text, "classes").Select(name => ClassOf(name, manifest)).Distinct().Order()];
        RecordId[] records = [.. classes.SelectMany(manifest.RecordsOf).Order()];
        return (new Selection.ByClasses(classes), records);
    }

    private static int ClassOf(string name, DatasetManifest manifest)
    {
        for (int i = 0; i < manifest.ClassCount; i++)
        {
            if (string.Equals(manifest.ClassNames[i], name, StringComparison.OrdinalIgnoreCase))
                return i;
        }

        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < manifest.ClassCount)
            return index;
        throw new BadDataException($"There is no class '{name}'; the classes are {string.Join(", ", manifest.ClassNames.Select((known, i) => known == i.ToString(CultureInfo.InvariantCulture) ? known : $"{i} {known}"))}.");
    }
}
