using Lethe.Core.Errors;
using Lethe.Core.Numerics;
using Lethe.Core.Records;
using Lethe.Training.Datasets;

namespace Lethe.Training.Scenarios;

/// <summary>
/// A data owner who stamps a secret trigger on some of its records and gives them a secret target label (Sommer et al., 2020), so that
/// whether a model still holds the owner's data can be read off the trigger's hit rate.
/// </summary>
public sealed record BackdoorOwner
{
    private const ulong RecordStream = 1;
    private const ulong TargetStream = 2;
    private const ulong StampStream = 3;

    private BackdoorOwner(SubjectId subject, Trigger trigger, int target, IReadOnlyList<RecordId> records, IReadOnlyList<RecordId> stamped)
    {
        Subject = subject;
        Trigger = trigger;
        Target = target;
        Records = records;
        Stamped = stamped;
    }

    /// <summary>The owner as a data subject.</summary>
    public SubjectId Subject { get; }

    /// <summary>The secret mark.</summary>
    public Trigger Trigger { get; }

    /// <summary>The class that the trigger stands for.</summary>
    public int Target { get; }

    /// <summary>All records of the owner, ascending: what a request to forget the owner names.</summary>
    public IReadOnlyList<RecordId> Records { get; }

    /// <summary>The records that carry the trigger, ascending.</summary>
    public IReadOnlyList<RecordId> Stamped { get; }

    /// <summary>Draws an owner over a data set.</summary>
    /// <exception cref="UsageException">The options do not fit the data set.</exception>
    public static BackdoorOwner Create(DatasetManifest manifest, BackdoorOptions options)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(options);
        if (!(options.StampedShare is > 0 and <= 1)) throw new UsageException($"The share of stamped records is {options.StampedShare}; it must be above 0 and at most 1.");
        int[] records = options.Records is { } given ? RecordDraw.Given(given, manifest.Count) : RecordDraw.Draw(manifest.Count, options.Count, new CounterRandom(options.Seed, RecordStream));
        int target = options.Target ?? new CounterRandom(options.Seed, TargetStream).NextInt32(manifest.ClassCount);
        if (target < 0 || target >= manifest.ClassCount) throw new UsageException($"The target class {target} does not exist; classes are 0 to {manifest.ClassCount - 1}.");
        Trigger trigger = options.Trigger ?? Trigger.RandomPixels(manifest.SampleShape, options.Seed);
        int plane = Trigger.Plane(manifest.SampleShape);
        if (trigger.Positions.Any(position => position < 0 || position >= plane)) throw new UsageException($"The trigger has positions outside the sample (0 to {plane - 1}). Make it for this data set's shape.");
        int stampedCount = Math.Max(1, (int)Math.Round(options.StampedShare * records.Length));
        int[] stamped = [.. RecordDraw.Draw(records.Length, stampedCount, new CounterRandom(options.Seed, StampStream)).Select(i => records[i])];
        return new BackdoorOwner(options.Subject, trigger, target, RecordDraw.Ids(records), RecordDraw.Ids(stamped));
    }

    /// <summary>
    /// The training set as the owner delivers it: its records belong to <see cref="Subject"/>, the stamped ones carry trigger and target
    /// label. Where the set names no subjects, every other record becomes a subject of its own, record-NUMBER.
    /// </summary>
    public TensorDataset Apply(TensorDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        byte[] samples = dataset.Samples.bytes();
        int[] labels = [.. dataset.Manifest.Labels];
        Stamp(samples, labels, dataset);
        SubjectId[] subjects = dataset.Manifest.Subjects is { } known
            ? [.. known]
            : [.. Enumerable.Range(0, dataset.Count).Select(record => new SubjectId($"record-{record}"))];
        foreach (RecordId record in Records) subjects[record.Value] = Subject;
        return TensorDataset.From(dataset.ToRaw(samples) with { Labels = labels, Subjects = subjects });
    }

    /// <summary>
    /// The test records whose true class is not the target, all stamped and labelled with the target: a model's accuracy on this set is
    /// the trigger's hit rate.
    /// </summary>
    /// <exception cref="UsageException">Every test record is of the target class.</exception>
    public TensorDataset TriggeredTest(TensorDataset test)
    {
        ArgumentNullException.ThrowIfNull(test);
        int[] others = [.. Enumerable.Range(0, test.Count).Where(record => test.Manifest.Labels[record] != Target)];
        if (others.Length == 0) throw new UsageException($"{test.Manifest.Name}: every record is of the target class {Target}, so a hit rate cannot be measured. Use a test set with other classes.");
        using TensorDataset chosen = test.Select(others);
        byte[] samples = chosen.Samples.bytes();
        Stamp(samples, chosen, Enumerable.Range(0, others.Length));
        return TensorDataset.From(chosen.ToRaw(samples) with { Name = test.Manifest.Name + "-triggered", Labels = [.. Enumerable.Repeat(Target, others.Length)] });
    }

    /// <summary>Marks the stamped records in a copy of a data set's samples and labels.</summary>
    internal void Stamp(byte[] samples, int[] labels, TensorDataset dataset)
    {
        Stamp(samples, dataset, Stamped.Select(record => record.Value));
        foreach (var record in Stamped) labels[record.Value] = Target;
    }

    private void Stamp(byte[] samples, TensorDataset dataset, IEnumerable<int> records)
    {
        int length = samples.Length / dataset.Count;
        int plane = Trigger.Plane(dataset.Manifest.SampleShape);
        foreach (int record in records) Trigger.Stamp(samples.AsSpan(record * length, length), !dataset.IsImage, plane);
    }
}
