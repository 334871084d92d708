using Lethe.Core.Errors;
using Lethe.Core.Steps;

namespace Lethe.Operations;

/// <summary>Decides whether a stored replay stays, because it says more of the same steps than a new one.</summary>
internal static class StrongerReplay
{
    /// <summary>The stored replay, where it stays; null: the new one takes its place.</summary>
    /// <param name="path">The file.</param>
    /// <param name="fresh">The new replay.</param>
    public static ReplayReport? Stored(string path, ReplayReport fresh) =>
        Read(path) is { } stored && IsSameState(stored, fresh) && Stays(stored, fresh) ? stored : null;

    /// <summary>Bad news replaces good news; good news replaces bad news about the steps that it executed again; else the one with more steps counts.</summary>
    private static bool Stays(ReplayReport stored, ReplayReport fresh)
    {
        if (stored.Equal)
            return fresh.Equal && fresh.Steps.Count < stored.Steps.Count;
        var executed = fresh.Steps.Select(step => step.Block).ToHashSet();
        return !stored.Steps.Where(step => !step.Equal).All(step => executed.Contains(step.Block));
    }

    private static bool IsSameState(ReplayReport stored, ReplayReport fresh) =>
        stored.Request == fresh.Request && stored.Served == fresh.Served && stored.Data == fresh.Data && stored.Partition == fresh.Partition
        && stored.Recipe == fresh.Recipe && stored.Deleted == fresh.Deleted && stored.Recorded.SequenceEqual(fresh.Recorded);

    private static ReplayReport? Read(string path)
    {
        try
        {
            return File.Exists(path) ? ReplayReport.FromJson(File.ReadAllText(path)) : null;
        }
        catch (BadDataException)
        {
            return null;
        }
    }
}
