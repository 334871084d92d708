using Lethe.Core.Errors;
using Lethe.Core.Numerics;
using Lethe.Core.Records;

namespace Lethe.Training.Scenarios;

/// <summary>Chooses records for a scenario.</summary>
internal static class RecordDraw
{
    /// <returns>Distinct record numbers, ascending.</returns>
    public static int[] Draw(int total, int count, CounterRandom random)
    {
        if (count < 1 || count > total) throw new UsageException($"{count:N0} records cannot be drawn from {total:N0}. Ask for 1 to {total:N0}.");
        int[] records = [.. Enumerable.Range(0, total)];
        random.Shuffle(records.AsSpan());
        return [.. records[..count].Order()];
    }

    public static int[] Given(IReadOnlyList<RecordId> records, int total)
    {
        int[] chosen = [.. records.Select(record => record.Value).Distinct().Order()];
        if (chosen.Length == 0) throw new UsageException("The scenario needs at least one record.");
        if (chosen[0] < 0 || chosen[^1] >= total) throw new UsageException($"Record {(chosen[0] < 0 ? chosen[0] : chosen[^1])} does not exist; records are 0 to {total - 1}.");
        return chosen;
    }

    public static IReadOnlyList<RecordId> Ids(int[] records) => [.. records.Select(record => new RecordId(record))];
}
