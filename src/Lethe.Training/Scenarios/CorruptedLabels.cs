using Lethe.Core.Errors;
using Lethe.Core.Numerics;
using Lethe.Core.Records;
using Lethe.Training.Datasets;

namespace Lethe.Training.Scenarios;

/// <summary>
/// Gives some records a wrong label before training. A model that learned them predicts the wrong labels; one that forgot them does not.
/// </summary>
public static class CorruptedLabels
{
    private const ulong RecordStream = 1;
    private const ulong LabelStream = 2;

    /// <summary>Corrupts a share of the records, drawn by the seed.</summary>
    /// <param name="dataset">The clean data.</param>
    /// <param name="share">In (0, 1]; at least one record is corrupted.</param>
    /// <param name="seed">Decides which records, and which wrong labels.</param>
    /// <exception cref="UsageException">The share is out of range or there is only one class.</exception>
    public static (TensorDataset Dataset, IReadOnlyList<RecordId> Records) Apply(TensorDataset dataset, double share, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (!(share is > 0 and <= 1)) throw new UsageException($"The share of corrupted labels is {share}; it must be above 0 and at most 1.");
        int count = Math.Max(1, (int)Math.Round(share * dataset.Count));
        return Corrupt(dataset, RecordDraw.Draw(dataset.Count, count, new CounterRandom(seed, RecordStream)), seed);
    }

    /// <summary>Corrupts the records given; a record's wrong label depends only on the seed and its number.</summary>
    /// <exception cref="UsageException">A record does not exist, none is given, or there is only one class.</exception>
    public static (TensorDataset Dataset, IReadOnlyList<RecordId> Records) Apply(TensorDataset dataset, IReadOnlyList<RecordId> records, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(records);
        return Corrupt(dataset, RecordDraw.Given(records, dataset.Count), seed);
    }

    private static (TensorDataset Dataset, IReadOnlyList<RecordId> Records) Corrupt(TensorDataset dataset, int[] records, ulong seed)
    {
        int classes = dataset.Manifest.ClassCount;
        if (classes < 2) throw new UsageException($"{dataset.Manifest.Name} has one class, so there is no wrong label. Use a data set with two or more.");
        int[] labels = [.. dataset.Manifest.Labels];
        foreach (int record in records)
        {
            int shift = 1 + new CounterRandom(seed, LabelStream, (ulong)record).NextInt32(classes - 1);
            labels[record] = (labels[record] + shift) % classes;
        }
        return (dataset.WithLabels(labels), RecordDraw.Ids(records));
    }
}
