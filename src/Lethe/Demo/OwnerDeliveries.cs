using Lethe.Core.Records;
using Lethe.Training.Scenarios;

namespace Lethe.Demo;

/// <summary>Splits an owner's records into deliveries, each a subject of its own.</summary>
internal static class OwnerDeliveries
{
    /// <summary>The records of each delivery, dealt in turn.</summary>
    public static IReadOnlyDictionary<SubjectId, IReadOnlyList<RecordId>> Split(BackdoorOwner owner, int count) =>
        owner.Records.Select((record, i) => (Record: record, Delivery: i % count))
            .GroupBy(item => item.Delivery, item => item.Record)
            .ToDictionary(group => new SubjectId(FormattableString.Invariant($"owner-delivery-{group.Key + 1:D2}")), group => (IReadOnlyList<RecordId>)[.. group]);

    /// <summary>The subject of every record, the owner's by delivery.</summary>
    public static IReadOnlyList<SubjectId> Rename(DatasetManifest manifest, IReadOnlyDictionary<SubjectId, IReadOnlyList<RecordId>> deliveries)
    {
        SubjectId[] subjects = [.. manifest.Subjects!];
        foreach (var (subject, records) in deliveries)
        {
            foreach (var record in records)
                subjects[record.Value] = subject;
        }

        return subjects;
    }
}
