using Lethe.Core.Errors;
using Lethe.Core.Steps;

namespace Lethe.Operations;

/// <summary>Reads what a replay left in a run or in a request's folder.</summary>
internal static class ReplayFile
{
    /// <summary>The replay; null where there is none or it cannot be read: it can be executed again.</summary>
    public static ReplayReport? Read(string path)
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
