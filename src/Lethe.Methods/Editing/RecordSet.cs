using Lethe.Core.Numerics;

namespace Lethe.Methods.Editing;

/// <summary>Some records of a run by number, ascending, with their labels; no samples.</summary>
internal sealed class RecordSet
{
    private readonly IReadOnlyList<int> _labels;

    /// <param name="records">Record numbers.</param>
    /// <param name="labels">The label of every record of the data set.</param>
    public RecordSet(IEnumerable<int> records, IReadOnlyList<int> labels) => (Records, _labels) = ([.. records.Order()], labels);

    public IReadOnlyList<int> Records { get; }

    public int Count => Records.Count;

    public IReadOnlyList<int> Classes => [.. Records.Select(LabelOf).Distinct().Order()];

    public int LabelOf(int record) => _labels[record];

    public RecordSet Where(Func<int, bool> keeps) => new(Records.Where(keeps), _labels);

    /// <summary>A drawn part of every class: at most <paramref name="most"/> records of each.</summary>
    public RecordSet PerClass(int most, ulong seed) => Draw(seed, _ => most);

    /// <summary>The first records of every class: at most <paramref name="most"/> of each.</summary>
    public RecordSet FirstPerClass(int most) => new(Records.GroupBy(LabelOf).SelectMany(group => group.Take(most)), _labels);

    /// <summary>A drawn share of every class, rounded up.</summary>
    public RecordSet Share(double share, ulong seed) => Draw(seed, count => (int)Math.Ceiling(share * count));

    /// <summary>A drawn share of every class, rounded up, to be held out of training; of each class at least one record is left out of it.</summary>
    public RecordSet SetAside(double share, ulong seed) => Draw(seed, count => Math.Min(count - 1, (int)Math.Ceiling(share * count)));

    /// <summary>A drawn part of at most <paramref name="most"/> records, whatever their classes.</summary>
    public RecordSet Draw(int most, ulong seed) => new(Shuffled(Records, seed).Take(most), _labels);

    /// <summary>This set and another.</summary>
    public RecordSet And(RecordSet other) => new(Records.Union(other.Records), _labels);

    /// <summary>This set without the records of another.</summary>
    public RecordSet Except(RecordSet other)
    {
        var gone = other.Records.ToHashSet();
        return Where(record => !gone.Contains(record));
    }

    private RecordSet Draw(ulong seed, Func<int, int> most) => new(
        Records.GroupBy(LabelOf).SelectMany(group =>
            Shuffled([.. group], CounterRandom.DeriveSeed(seed, (ulong)group.Key)).Take(most(group.Count()))),
        _labels);

    private static int[] Shuffled(IEnumerable<int> records, ulong seed)
    {
        int[] order = [.. records];
        new CounterRandom(seed).Shuffle<int>(order);
        return order;
    }
}
