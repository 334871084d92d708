namespace Lethe.Core.Records;

/// <summary>
/// What the records of a data set are called in the source that they are a part of: records are numbered from 0 without gaps, but people name
/// them by their place in the source, part of which is held out.
/// </summary>
public sealed class SourceNumbering
{
    private readonly Dictionary<int, int> _positions;

    /// <summary>Makes the numbering of a part.</summary>
    /// <param name="numbers">The number in the source of each record of the part, ascending.</param>
    /// <param name="sourceCount">How many records the source has.</param>
    public SourceNumbering(IReadOnlyList<int> numbers, int sourceCount)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        Numbers = numbers;
        SourceCount = sourceCount;
        _positions = numbers.Select((number, position) => (number, position)).ToDictionary(pair => pair.number, pair => pair.position);
    }

    /// <summary>The number in the source of each record, ascending.</summary>
    public IReadOnlyList<int> Numbers { get; }

    /// <summary>How many records the source has, the held-out ones included.</summary>
    public int SourceCount { get; }

    /// <summary>The record that has this number in the source; null when it is not in this part.</summary>
    public RecordId? Find(int number) => _positions.TryGetValue(number, out int position) ? new RecordId(position) : null;
}
