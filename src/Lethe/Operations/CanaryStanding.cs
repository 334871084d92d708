using Lethe.Reports;
using Lethe.Training.Runs;
using Lethe.Verification;

namespace Lethe.Operations;

/// <summary>Whether canaries tested a deletion: "no canary" and "not tested" are two things, and neither is a pass.</summary>
internal static class CanaryStanding
{
    /// <summary>The same in words; null in a run without canaries.</summary>
    public static string? Of(Run run, ForgettingRecord record)
    {
        if (run.PlantedCanaries is null)
            return null;
        string[] parts = [.. Parts(record)];
        return parts.Length > 0 ? string.Join("; ", parts)
            : record.CanariesStay is null ? "not tested"
            : "nobody among the forgotten has one, so that canaries say nothing of this request";
    }

    private static IEnumerable<string> Parts(ForgettingRecord record)
    {
        if (record.Canaries.Count > 0)
        {
            yield return $"tested for {People(record.Canaries.Count)}: "
                + string.Join(", ", record.Canaries.CountBy(canary => canary.Outcome).OrderBy(entry => entry.Key).Select(entry => $"{Wording.Whole(entry.Value)} {Word(entry.Key)}"));
        }

        if (record.CanariesNotAsked > 0)
            yield return $"not tested for {People(record.CanariesNotAsked)}: the run has no unseen records to ask with";
        if (record.CanariesStay > 0)
            yield return $"not tested for {People(record.CanariesStay.Value)}: stamped records of theirs stay in the training data";
    }

    private static string Word(BackdoorOutcome outcome) => outcome switch
    {
        BackdoorOutcome.Deleted => "deleted",
        BackdoorOutcome.NotDeleted => "NOT deleted",
        _ => "undecided",
    };

    private static string People(int count) => Wording.Count(count, "person", "people");
}
