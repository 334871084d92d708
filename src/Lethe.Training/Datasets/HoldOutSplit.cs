using Lethe.Core.Errors;
using Lethe.Core.Numerics;
using Lethe.Core.Records;

namespace Lethe.Training.Datasets;

/// <summary>
/// Chooses the records that are held out. Whole people, where there are people, so that none is on both sides; otherwise, and where each class
/// is one person, the same share of every class. A class never loses its last record. A function of labels, subjects and share alone.
/// </summary>
internal static class HoldOutSplit
{
    private const ulong Stream = 0x484F4C444F5554; // "HOLDOUT"

    public static bool[] Choose(RawDataset data, double share)
    {
        var random = new CounterRandom(Stream);
        bool[] held = data.Subjects is { } subjects && !EachClassIsOnePerson(data.Labels, subjects)
            ? ByPerson(data.Labels, subjects, share, random)
            : ByClass(data, share, random);
        return held.Contains(true)
            ? held
            : throw new BadDataException($"{data.Name}: no record can be held out with hold-out={share}, because every class must keep one to train on. Hold out a larger share, or give test data of their own (--test).");
    }

    private static bool EachClassIsOnePerson(IReadOnlyList<int> labels, IReadOnlyList<SubjectId> subjects)
    {
        var people = new Dictionary<int, SubjectId>();
        for (int i = 0; i < labels.Count; i++)
        {
            if (people.TryGetValue(labels[i], out SubjectId known) ? known != subjects[i] : !people.TryAdd(labels[i], subjects[i])) return false;
        }
        return true;
    }

    private static bool[] ByClass(RawDataset data, double share, CounterRandom random)
    {
        var held = new bool[data.Count];
        double carry = 0;
        foreach (IGrouping<int, int> group in Enumerable.Range(0, data.Count).GroupBy(record => data.Labels[record]).OrderBy(group => group.Key))
        {
            int[] records = [.. group];
            random.Shuffle<int>(records);
            double due = share * records.Length + carry;
            int taken = Math.Clamp((int)Math.Round(due), 0, records.Length - 1);
            carry = due - taken;
            foreach (int record in records.AsSpan(0, taken)) held[record] = true;
        }
        return held;
    }

    /// <summary>People in random order, each taken unless that would overshoot by more than it is short now, or empty a class.</summary>
    private static bool[] ByPerson(IReadOnlyList<int> labels, IReadOnlyList<SubjectId> subjects, double share, CounterRandom random)
    {
        var left = labels.CountBy(label => label).ToDictionary();
        int[][] people = [.. Enumerable.Range(0, labels.Count).GroupBy(record => subjects[record]).Select(group => group.ToArray())];
        random.Shuffle<int[]>(people);
        var held = new bool[labels.Count];
        double due = share * labels.Count;
        foreach (int[] records in people)
        {
            if (records.Length - due > due) continue;
            var lost = records.CountBy(record => labels[record]).ToList();
            if (lost.Any(pair => left[pair.Key] == pair.Value)) continue;
            foreach ((int label, int count) in lost) left[label] -= count;
            foreach (int record in records) held[record] = true;
            due -= records.Length;
        }
        return held;
    }
}
