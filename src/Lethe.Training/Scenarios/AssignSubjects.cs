using System.Globalization;
using Lethe.Core.Errors;
using Lethe.Core.Numerics;
using Lethe.Core.Records;
using Lethe.Training.Datasets;

namespace Lethe.Training.Scenarios;

/// <summary>Made-up people for data sets that name none: records are dealt in seeded random order to groups of one size.</summary>
public static class AssignSubjects
{
    private const ulong Stream = 0x7375626a65637473;

    /// <summary>Gives every record a subject PREFIX0001, PREFIX0002, …; the last one may get fewer records.</summary>
    /// <param name="dataset">The data; subjects that it has are replaced.</param>
    /// <param name="recordsPerSubject">Records of a person, 1 to N.</param>
    /// <param name="seed">Decides who gets which.</param>
    /// <param name="prefix">The beginning of each name.</param>
    /// <exception cref="UsageException">The number of records is out of range.</exception>
    public static TensorDataset Apply(TensorDataset dataset, int recordsPerSubject, ulong seed, string prefix = "person-")
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (recordsPerSubject < 1 || recordsPerSubject > dataset.Count)
            throw new UsageException($"A person cannot have {recordsPerSubject:N0} of {dataset.Count:N0} records. Choose 1 to {dataset.Count:N0}.");
        int[] order = [.. Enumerable.Range(0, dataset.Count)];
        new CounterRandom(seed, Stream).Shuffle(order.AsSpan());
        int people = (dataset.Count + recordsPerSubject - 1) / recordsPerSubject;
        string format = "D" + Math.Max(4, people.ToString(CultureInfo.InvariantCulture).Length).ToString(CultureInfo.InvariantCulture);
        var subjects = new SubjectId[dataset.Count];
        for (int i = 0; i < order.Length; i++)
            subjects[order[i]] = new SubjectId(prefix + (i / recordsPerSubject + 1).ToString(format, CultureInfo.InvariantCulture));
        return dataset.WithSubjects(subjects);
    }
}
